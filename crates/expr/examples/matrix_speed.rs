//! Times of symbolic inverses, entries cancelled: `cargo run --release --example matrix_speed`.
use bartlett_expr::{Expr, Facts, Matrix};
use std::time::Instant;

fn main() {
    let (r, v) = (Expr::symbol("r"), Expr::symbol("v"));
    let cases = (4..=6).flat_map(|n| {
        let power = |k: usize| r.powi(i64::try_from(k).unwrap_or(0));
        [
            (
                format!("symmetric {n}"),
                Matrix::symmetric(n, |i, j| Expr::symbol(&format!("a{i}{j}"))),
            ),
            (
                format!("AR(1) {n}"),
                Matrix::symmetric(n, |i, j| &v * power(j - i) / (Expr::one() - r.powi(2))),
            ),
            (
                format!("compound symmetry {n}"),
                Matrix::symmetric(n, |i, j| if i == j { v.clone() } else { &r * &v }),
            ),
        ]
    });
    for (name, matrix) in cases {
        let mut times: Vec<f64> = (0..5)
            .map(|_| {
                let start = Instant::now();
                let inverse = matrix.inverse(&Facts::new());
                assert!(matches!(inverse, Ok(Some(_))));
                start.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{name:22} {:9.3} ms", times[2]);
    }
}
