"""The sandbox: what a student's code may see and use. `python -m autograder doctor` tries it.

    tiers       which sandboxes work here
    warm        the grader's end: one nursery per process, a handle per kernel
    provisioner how Jupyter's tools get such a kernel
    readable    what is shown inside
  inside the sandbox:
    nursery     the warm parent that kernels are forked from
    keeper      watches one kernel and ends it
    kernel      gives up every right, then is an ordinary ipykernel
    limits, seccomp, landlock, system   the rights, one kind each
"""
