//! Rows: Julia with SpecialFunctions, and QuadGK where an integral stays. Swept by: tests/cli/emit.rs.

use super::super::Shape;
use super::super::source::Written;
use super::super::target::{Code, Hand, Literal, Target, of_order, spelled};

/// Julia.
pub static JULIA: Target = Target {
    name: "julia",
    title: "Julia",
    comment: ["# ", ""],
    hand: Hand::Code(&Code {
        functions: &[
            spelled("exp", 1, "exp(#1)"),
            spelled("log", 1, "log(#1)"),
            spelled("log1p", 1, "log1p(#1)"),
            spelled("expm1", 1, "expm1(#1)"),
            spelled("sin", 1, "sin(#1)"),
            spelled("cos", 1, "cos(#1)"),
            spelled("tan", 1, "tan(#1)"),
            spelled("asin", 1, "asin(#1)"),
            spelled("acos", 1, "acos(#1)"),
            spelled("atan", 1, "atan(#1)"),
            spelled("arsinh", 1, "asinh(#1)"),
            spelled("arcosh", 1, "acosh(#1)"),
            spelled("artanh", 1, "atanh(#1)"),
            spelled("abs", 1, "abs(#1)"),
            spelled("sign", 1, "sign(#1)"),
            spelled("floor", 1, "floor(#1)"),
            spelled("min", 2, "min(#1, #2)"),
            spelled("max", 2, "max(#1, #2)"),
            spelled("gamma", 1, "SpecialFunctions.gamma(#1)"),
            spelled("lgamma", 1, "SpecialFunctions.loggamma(#1)"),
            of_order("polygamma", 0, "SpecialFunctions.digamma(#2)"),
            of_order("polygamma", 1, "SpecialFunctions.trigamma(#2)"),
            spelled("polygamma", 2, "SpecialFunctions.polygamma(#1, #2)"),
            spelled("gammaincc", 2, "SpecialFunctions.gamma(#1, #2)"),
            spelled(
                "gammainc",
                2,
                "(SpecialFunctions.gamma(#1)*SpecialFunctions.gamma_inc(#1, #2)[1])",
            ),
            spelled("Phi", 1, "(SpecialFunctions.erfc(-#1/sqrt(2))/2)"),
            spelled("Phiinv", 1, "(-sqrt(2)*SpecialFunctions.erfcinv(2*#1))"),
            spelled("erfi", 1, "SpecialFunctions.erfi(#1)"),
            spelled("Ei", 1, "SpecialFunctions.expinti(#1)"),
            spelled("expint", 2, "SpecialFunctions.expint(#1, #2)"),
            spelled("besseli", 2, "SpecialFunctions.besseli(#1, #2)"),
            spelled("besselj", 2, "SpecialFunctions.besselj(#1, #2)"),
            spelled("besselk", 2, "SpecialFunctions.besselk(#1, #2)"),
            spelled("zeta", 2, "SpecialFunctions.zeta(#1, #2)"),
        ],
        constants: ["pi", "exp(1)", "0.5772156649015329", "Inf"],
        numbers: Literal::Decimal,
        receiver: "",
        powers: ["#1^#2", ""],
        raised: "^",
        root: "sqrt(#1)",
        cases: "(#1 ? #2 : #3)",
        logic: ["&&", "||", "==", "!=", "true", "false"],
        brackets: false,
        element: "#1[Int(#2)]",
        binders: [
            "sum(#2 -> #1, Int(#3):Int(#4); init = 0.0)",
            "prod(#2 -> #1, Int(#3):Int(#4); init = 1.0)",
            "quadgk(#2 -> #1, #3, #4; rtol = 1e-10)[1]",
        ],
        series: "",
    }),
    routine,
    head: &[
        ("SpecialFunctions.", "import SpecialFunctions"),
        ("quadgk(", "using QuadGK: quadgk"),
    ],
    foot: &[],
    helpers: &[],
    reserved: "baremodule begin break catch const continue do else elseif end export false finally for function global if import in isa \
               let local macro module quote return struct true try using where while im",
    mark: "_",
    underscores: true,
    cases_differ: true,
};

fn routine(written: &Written) -> Vec<String> {
    let mut lines = vec![
        format!("# {}", written.about),
        format!("function {}({})", written.name, written.names()),
    ];
    let steps = written.steps.iter();
    lines.extend(steps.map(|(name, e)| format!("    {name} = {e}")));
    let entries = written.entries().join(", ");
    let columns = written.rows.first().map_or(0, Vec::len);
    lines.push(match written.shape {
        Shape::Scalar => format!("    return {entries}"),
        Shape::Vector => format!("    return [{entries}]"),
        // Julia fills by columns.
        Shape::Matrix => format!(
            "    return permutedims(reshape([{entries}], {columns}, {}))",
            written.rows.len()
        ),
    });
    lines.push("end".to_owned());
    lines
}
