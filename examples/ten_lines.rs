//! From text to the symbolic Fisher matrix and its LaTeX.
//! In: nothing. Out: two formulas on standard output. Never: a number.

use bartlett::Model;

/// Runs the example.
///
/// # Panics
/// If the library is broken.
pub fn main() {
    let model = Model::parse("log p(x|μ,σ) = -log(√(2πσ²)) - (x-μ)²/(2σ²)").expect("it is a model");
    let report = bartlett::derive(&model);
    let fisher = report.fisher.as_ref().expect("the normal law is regular");
    println!("{}", fisher.matrix[1][1].text()); // 2/sigma^2
    println!("{}", fisher.matrix[1][1].latex()); // \frac{2}{\sigma^{2}}
    assert_eq!(fisher.matrix[0][0].text(), "1/sigma^2");
    assert_eq!(fisher.matrix[1][1].text(), "2/sigma^2");
}
