"""Everything is written for one row and mapped over the rows with vmap; fori_loop fills the losses."""

# %% predict
def predict(params, inputs):
    if inputs.shape[1:] != params["W"].shape:
        raise ValueError("columns and weights differ in number")
    return jax.vmap(lambda x: jax.nn.sigmoid(jnp.sum(x * params["W"]) + params["b"]))(inputs)


# %% loss
def loss(params, inputs, targets):
    if inputs.shape[1:] != params["W"].shape or targets.shape != (inputs.shape[0],):
        raise ValueError("shapes do not fit")

    def of_a_row(x, y):
        z = jnp.vdot(params["W"], x) + params["b"]
        return -jax.lax.cond(y, jax.nn.log_sigmoid, lambda t: jax.nn.log_sigmoid(-t), z)

    return jnp.sum(jax.vmap(of_a_row)(inputs, targets))


# %% gradient_by_hand
def gradient_by_hand(params, inputs, targets):
    if inputs.shape[1:] != params["W"].shape or targets.shape != (inputs.shape[0],):
        raise ValueError("shapes do not fit")

    def of_a_row(x, y):
        z = jnp.vdot(params["W"], x) + params["b"]
        slope = jnp.where(y, -jax.nn.sigmoid(-z), jax.nn.sigmoid(z))
        return {"W": slope * x, "b": slope}

    rows = jax.vmap(of_a_row)(inputs, targets)
    return {"W": rows["W"].sum(axis=0), "b": rows["b"].sum(axis=0)}


# %% fit
def fit(params, inputs, targets, learning_rate, steps):
    def body(k, state):
        here, losses = state
        value, slopes = jax.value_and_grad(loss)(here, inputs, targets)
        here = {name: here[name] - learning_rate * slopes[name] for name in here}
        return here, losses.at[k].set(value)

    if inputs.shape[1:] != params["W"].shape or targets.shape != (inputs.shape[0],):
        raise ValueError("shapes do not fit")
    return jax.lax.fori_loop(0, steps, body, (params, jnp.zeros(steps))) if steps else (params, jnp.zeros(0))


# %% accuracy
def accuracy(params, inputs, targets):
    if targets.shape != (inputs.shape[0],):
        raise ValueError("shapes do not fit")
    return float(np.mean(np.asarray(predict(params, inputs) >= 0.5) == np.asarray(targets)))
