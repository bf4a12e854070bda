//! Rows: Python with JAX, to be traced, compiled and mapped. Swept by: tests/cli/emit.rs.

use super::super::source::Written;
use super::super::target::{Code, Hand, Helper, Literal, Target, of_order, spelled};
use super::numpy::{PYTHON, head, tail};

/// JAX.
pub static JAX: Target = Target {
    name: "jax",
    title: "JAX",
    comment: ["# ", ""],
    hand: Hand::Code(&Code {
        functions: &[
            spelled("exp", 1, "jnp.exp(#1)"),
            spelled("log", 1, "jnp.log(#1)"),
            spelled("log1p", 1, "jnp.log1p(#1)"),
            spelled("expm1", 1, "jnp.expm1(#1)"),
            spelled("softplus", 1, "jnp.logaddexp(0.0, #1)"),
            spelled("logistic", 1, "special.expit(#1)"),
            spelled("sin", 1, "jnp.sin(#1)"),
            spelled("cos", 1, "jnp.cos(#1)"),
            spelled("tan", 1, "jnp.tan(#1)"),
            spelled("asin", 1, "jnp.arcsin(#1)"),
            spelled("acos", 1, "jnp.arccos(#1)"),
            spelled("atan", 1, "jnp.arctan(#1)"),
            spelled("arsinh", 1, "jnp.arcsinh(#1)"),
            spelled("arcosh", 1, "jnp.arccosh(#1)"),
            spelled("artanh", 1, "jnp.arctanh(#1)"),
            spelled("abs", 1, "jnp.abs(#1)"),
            spelled("sign", 1, "jnp.sign(#1)"),
            spelled("floor", 1, "jnp.floor(#1)"),
            spelled("min", 2, "jnp.minimum(#1, #2)"),
            spelled("max", 2, "jnp.maximum(#1, #2)"),
            spelled("gamma", 1, "special.gamma(#1)"),
            spelled("lgamma", 1, "special.gammaln(#1)"),
            of_order("polygamma", 0, "special.digamma(#2)"),
            spelled("polygamma", 2, "special.polygamma(#1, #2)"),
            spelled(
                "gammainc",
                2,
                "(special.gamma(#1)*special.gammainc(#1, #2))",
            ),
            spelled(
                "gammaincc",
                2,
                "(special.gamma(#1)*special.gammaincc(#1, #2))",
            ),
            spelled("Phi", 1, "special.ndtr(#1)"),
            spelled("Phiinv", 1, "special.ndtri(#1)"),
            spelled("Ei", 1, "special.expi(#1)"),
            of_order("expint", 1, "special.exp1(#2)"),
            of_order("besseli", 0, "special.i0(#2)"),
            of_order("besseli", 1, "special.i1(#2)"),
            spelled("zeta", 2, "special.zeta(#1, #2)"),
        ],
        constants: ["jnp.pi", "jnp.e", "0.5772156649015329", "jnp.inf"],
        numbers: Literal::Integer,
        receiver: "",
        powers: ["", ""],
        raised: "**",
        root: "jnp.sqrt(#1)",
        cases: "jnp.where(#1, #2, #3)",
        logic: ["&", "|", "==", "!=", "True", "False"],
        brackets: true,
        element: "#1[int(#2) - 1]",
        binders: ["sum((#1) for #2 in range(int(#3), int(#4) + 1))", "", ""],
        series: "",
    }),
    routine: |written| {
        let mut lines = head(written);
        lines.extend(converted(written));
        lines.extend(tail(written));
        lines
    },
    head: &[
        (
            "",
            "# JAX computes in 32 bits unless told otherwise: jax.config.update(\"jax_enable_x64\", True)",
        ),
        ("", "import jax.numpy as jnp"),
        ("special.", "from jax.scipy import special"),
    ],
    foot: &[],
    helpers: &[Helper {
        name: "_stacked",
        source: "
def _stacked(entries, *shape):
    \"\"\"Entries that broadcast, as one array: the shape of a single entry stands last.\"\"\"
    entries = jnp.broadcast_arrays(*[jnp.asarray(entry, dtype=float) for entry in entries])
    return jnp.stack(entries).reshape(*shape, *entries[0].shape)",
    }],
    reserved: PYTHON,
    mark: "_",
    underscores: true,
    cases_differ: true,
};

fn converted(written: &Written) -> Vec<String> {
    let used = written.inputs.iter().filter(|input| input.is_used);
    used.map(|input| format!("    {0} = jnp.asarray({0}, dtype=float)", input.name))
        .collect()
}
