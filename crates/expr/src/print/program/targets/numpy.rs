//! Rows: Python with NumPy and SciPy; arguments may be arrays, which broadcast. Swept by: tests/cli/emit.rs.

use super::super::Shape;
use super::super::source::Written;
use super::super::target::{Code, Hand, Helper, Literal, Target, of_order, spelled};

/// Words that Python keeps.
pub const PYTHON: &str = "False None True and as assert async await break class continue def del elif else except finally for from global \
                          if import in is lambda nonlocal not or pass raise return try while with yield range int float sum rows";

/// NumPy and SciPy.
pub static NUMPY: Target = Target {
    name: "numpy",
    title: "NumPy/SciPy",
    comment: ["# ", ""],
    hand: Hand::Code(&Code {
        functions: &[
            spelled("exp", 1, "np.exp(#1)"),
            spelled("log", 1, "np.log(#1)"),
            spelled("log1p", 1, "np.log1p(#1)"),
            spelled("expm1", 1, "np.expm1(#1)"),
            spelled("softplus", 1, "np.logaddexp(0, #1)"),
            spelled("logistic", 1, "special.expit(#1)"),
            spelled("sin", 1, "np.sin(#1)"),
            spelled("cos", 1, "np.cos(#1)"),
            spelled("tan", 1, "np.tan(#1)"),
            spelled("asin", 1, "np.arcsin(#1)"),
            spelled("acos", 1, "np.arccos(#1)"),
            spelled("atan", 1, "np.arctan(#1)"),
            spelled("arsinh", 1, "np.arcsinh(#1)"),
            spelled("arcosh", 1, "np.arccosh(#1)"),
            spelled("artanh", 1, "np.arctanh(#1)"),
            spelled("abs", 1, "np.abs(#1)"),
            spelled("sign", 1, "np.sign(#1)"),
            spelled("floor", 1, "np.floor(#1)"),
            spelled("min", 2, "np.minimum(#1, #2)"),
            spelled("max", 2, "np.maximum(#1, #2)"),
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
            spelled("erfi", 1, "special.erfi(#1)"),
            spelled("Ei", 1, "special.expi(#1)"),
            of_order("expint", 1, "special.exp1(#2)"),
            of_order("expint", 2, "special.expn(#1, #2)"),
            of_order("expint", 3, "special.expn(#1, #2)"),
            spelled("besseli", 2, "special.iv(#1, #2)"),
            spelled("besselj", 2, "special.jv(#1, #2)"),
            spelled("besselk", 2, "special.kv(#1, #2)"),
            spelled("zeta", 2, "special.zeta(#1, #2)"),
            of_order("polylog", 2, "special.spence(1 - #2)"),
        ],
        constants: ["np.pi", "np.e", "np.euler_gamma", "np.inf"],
        numbers: Literal::Integer,
        receiver: "",
        powers: ["", ""],
        raised: "**",
        root: "np.sqrt(#1)",
        cases: "np.where(#1, #2, #3)",
        logic: ["&", "|", "==", "!=", "True", "False"],
        brackets: true,
        element: "#1[int(#2) - 1]",
        binders: [
            "sum((#1) for #2 in range(int(#3), int(#4) + 1))",
            "np.prod([#1 for #2 in range(int(#3), int(#4) + 1)])",
            "_integral(lambda #2: #1, #3, #4)",
        ],
        series: "",
    }),
    routine,
    head: &[
        ("", "import numpy as np"),
        ("special.", "from scipy import special"),
        ("quad(", "from scipy.integrate import quad"),
    ],
    foot: &[],
    helpers: &[
        Helper {
            name: "_integral",
            source: "
def _integral(function, lower, upper):
    \"\"\"Adaptive quadrature; what overflows, far out in a tail, counts as 0.\"\"\"
    def value(x):
        found = float(function(x))
        return found if np.isfinite(found) else 0.0
    with np.errstate(all='ignore'):
        return quad(value, float(lower), float(upper), epsabs=1e-13, epsrel=1e-10, limit=200)[0]",
        },
        Helper {
            name: "_stacked",
            source: "
def _stacked(entries, *shape):
    \"\"\"Entries that broadcast, as one array: the shape of a single entry stands last.\"\"\"
    entries = np.broadcast_arrays(*[np.asarray(entry, dtype=float) for entry in entries])
    return np.stack(entries).reshape(*shape, *entries[0].shape)",
        },
    ],
    reserved: PYTHON,
    mark: "_",
    underscores: true,
    cases_differ: true,
};

/// `def score(x, mu, sigma):` and what follows.
pub fn head(written: &Written) -> Vec<String> {
    vec![
        format!("def {}({}):", written.name, written.names()),
        format!("    \"\"\"{}\"\"\"", written.about),
    ]
}

/// Common parts, and the entries stacked.
pub fn tail(written: &Written) -> Vec<String> {
    let steps = written.steps.iter();
    let mut lines: Vec<String> = steps.map(|(name, e)| format!("    {name} = {e}")).collect();
    let entries = written.entries().join(", ");
    let columns = written.rows.first().map_or(0, Vec::len);
    lines.push(match written.shape {
        Shape::Scalar => format!("    return {entries}"),
        Shape::Vector => format!("    return _stacked([{entries}], {columns})"),
        Shape::Matrix => format!(
            "    return _stacked([{entries}], {}, {columns})",
            written.rows.len()
        ),
    });
    lines
}

fn routine(written: &Written) -> Vec<String> {
    let mut lines = head(written);
    for input in written.inputs.iter().filter(|input| input.is_used) {
        let name = &input.name;
        lines.push(format!("    {name} = np.asarray({name}, dtype=float)"));
    }
    lines.extend(tail(written));
    lines
}
