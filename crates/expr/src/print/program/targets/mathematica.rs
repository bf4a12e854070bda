//! Rows: the Wolfram Language. Swept by: tests/cli/emit.rs.

use super::super::source::Written;
use super::super::target::{Code, Hand, Literal, Target, of_order, spelled};
use super::nested;

/// Mathematica.
pub static MATHEMATICA: Target = Target {
    name: "mathematica",
    title: "Mathematica",
    comment: ["(* ", " *)"],
    hand: Hand::Code(&Code {
        functions: &[
            spelled("exp", 1, "Exp[#1]"),
            spelled("log", 1, "Log[#1]"),
            spelled("sin", 1, "Sin[#1]"),
            spelled("cos", 1, "Cos[#1]"),
            spelled("tan", 1, "Tan[#1]"),
            spelled("asin", 1, "ArcSin[#1]"),
            spelled("acos", 1, "ArcCos[#1]"),
            spelled("atan", 1, "ArcTan[#1]"),
            spelled("arsinh", 1, "ArcSinh[#1]"),
            spelled("arcosh", 1, "ArcCosh[#1]"),
            spelled("artanh", 1, "ArcTanh[#1]"),
            spelled("logistic", 1, "LogisticSigmoid[#1]"),
            spelled("abs", 1, "Abs[#1]"),
            spelled("sign", 1, "Sign[#1]"),
            spelled("floor", 1, "Floor[#1]"),
            spelled("min", 2, "Min[#1, #2]"),
            spelled("max", 2, "Max[#1, #2]"),
            spelled("gamma", 1, "Gamma[#1]"),
            spelled("lgamma", 1, "LogGamma[#1]"),
            of_order("polygamma", 0, "PolyGamma[#2]"),
            spelled("polygamma", 2, "PolyGamma[#1, #2]"),
            spelled("gammainc", 2, "Gamma[#1, 0, #2]"),
            spelled("gammaincc", 2, "Gamma[#1, #2]"),
            spelled("Phi", 1, "(Erfc[-#1/Sqrt[2]]/2)"),
            spelled("Phiinv", 1, "(-Sqrt[2]*InverseErfc[2*#1])"),
            spelled("erfi", 1, "Erfi[#1]"),
            spelled("Ei", 1, "ExpIntegralEi[#1]"),
            spelled("expint", 2, "ExpIntegralE[#1, #2]"),
            spelled("besseli", 2, "BesselI[#1, #2]"),
            spelled("besselj", 2, "BesselJ[#1, #2]"),
            spelled("besselk", 2, "BesselK[#1, #2]"),
            spelled("zeta", 2, "HurwitzZeta[#1, #2]"),
            spelled("polylog", 2, "PolyLog[#1, #2]"),
        ],
        constants: ["Pi", "E", "EulerGamma", "Infinity"],
        numbers: Literal::Integer,
        receiver: "",
        powers: ["", ""],
        raised: "^",
        root: "Sqrt[#1]",
        cases: "If[#1, #2, #3]",
        logic: ["&&", "||", "==", "!=", "True", "False"],
        brackets: false,
        element: "#1[[#2]]",
        binders: [
            "Sum[#1, {#2, #3, #4}]",
            "Product[#1, {#2, #3, #4}]",
            "NIntegrate[#1, {#2, #3, #4}]",
        ],
        series: "NSum[#1, {#2, #3, #4}]",
    }),
    routine,
    head: &[],
    foot: &[],
    helpers: &[],
    // Every name of the system begins with a capital; these are its single letters.
    reserved: "C D E I K N O Module",
    mark: "$",
    underscores: false,
    cases_differ: true,
};

fn routine(written: &Written) -> Vec<String> {
    let arguments = written.arguments(|input| format!("{}_", input.name));
    let names: Vec<&str> = written
        .steps
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    let mut lines = vec![
        format!("(* {} *)", written.about),
        format!(
            "{}[{arguments}] := Module[{{{}}},",
            written.name,
            names.join(", ")
        ),
    ];
    lines.extend(
        written
            .steps
            .iter()
            .map(|(name, e)| format!("  {name} = {e};")),
    );
    lines.push(format!("  {}", nested(written, "{", "}")));
    lines.push("]".to_owned());
    lines
}
