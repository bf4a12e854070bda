//! What the numbers say about regularity.

use crate::model::{at, model};
use crate::names;
use bartlett::check::{
    Identity, MassVerdict, edges, information_identity, mass_is_free, mean_score,
    negative_somewhere,
};
use bartlett_expr::formula;

const POSITIVE: &str = "(0, inf)";

#[test]
fn a_mass_that_depends_on_a_parameter() {
    let forgotten = model(
        "-x^2/(2*s^2) - log(2*pi)/2",
        &[("x", "real")],
        &[("s", POSITIVE)],
    );
    let density = &forgotten.observations[0].density;
    match mass_is_free(&forgotten, density) {
        MassVerdict::Varies { at, masses } => {
            // the mass is s itself
            assert!((masses[0] - at[0][0].1).abs() < 1e-9);
            assert!((masses[1] - at[1][0].1).abs() < 1e-9);
        }
        other => panic!("{other:?}"),
    }
    let constant = model(
        "log(t)/2 - t*(x - m)^2/2",
        &[("x", "real")],
        &[("m", "real"), ("t", POSITIVE)],
    );
    match mass_is_free(&constant, &constant.observations[0].density) {
        MassVerdict::Constant(value) => {
            assert!((value - (2.0 * std::f64::consts::PI).sqrt()).abs() < 1e-9);
        }
        other => panic!("{other:?}"),
    }
    let improper = model("-k/(1 + x)", &[("x", POSITIVE)], &[("k", POSITIVE)]);
    let verdict = mass_is_free(&improper, &improper.observations[0].density);
    assert!(
        matches!(verdict, MassVerdict::Diverges { .. }),
        "{verdict:?}"
    );
}

#[test]
fn a_moving_end_gives_a_biased_score() {
    let uniform = model("-log(t)", &[("x", "(0, t)")], &[("t", POSITIVE)]);
    let density = &uniform.observations[0].density;
    let mean = mean_score(
        density,
        &uniform.facts,
        &names(&uniform),
        &at(&[("t", 2.0)]),
    );
    let mean = mean.expect("the score has a formula")[0];
    assert!((mean.value + 0.5).abs() < 1e-9, "{mean:?}");
    let found = edges(density, &uniform.facts, &at(&[("t", 2.0)]));
    let upper = found.iter().find(|e| e.at == 2.0).expect("an end at 2");
    assert!(
        upper.is_end && (upper.limits[0] - 0.5).abs() < 1e-9,
        "{upper:?}"
    );
    assert!(upper.exponents[0].abs() < 1e-3, "{upper:?}");
}

#[test]
fn a_jump_and_a_kink_are_told_apart() {
    let kink = model(
        "if(x < c, log(2*x/c), log(2*(1 - x)/(1 - c)))",
        &[("x", "(0, 1)")],
        &[("c", "(0, 1)")],
    );
    let found = edges(
        &kink.observations[0].density,
        &kink.facts,
        &at(&[("c", 0.3)]),
    );
    let inside = found.iter().find(|e| !e.is_end).expect("a kink inside");
    assert!((inside.limits[0] - 2.0).abs() < 1e-6, "{inside:?}");
    assert!((inside.limits[1] - 2.0).abs() < 1e-6, "{inside:?}");
    let jump = model(
        "if(x < c, log(3/2), log(1/2))",
        &[("x", "(0, 1)")],
        &[("c", "(0, 1)")],
    );
    let found = edges(
        &jump.observations[0].density,
        &jump.facts,
        &at(&[("c", 0.3)]),
    );
    let inside = found.iter().find(|e| !e.is_end).expect("a jump inside");
    assert!((inside.limits[0] - 1.5).abs() < 1e-9, "{inside:?}");
    assert!((inside.limits[1] - 0.5).abs() < 1e-9, "{inside:?}");
}

#[test]
fn a_density_below_zero_has_a_witness() {
    let mut line = model(
        "log(1 - t + 2*t*x)",
        &[("x", "(0, 1)")],
        &[("t", "(-3, 3)")],
    );
    line.observations[0].density.typed = Some(formula("1 - t + 2*t*x"));
    let found = negative_somewhere(&line, &line.observations[0].density).expect("a witness");
    let (t, x) = (found.at[0].1, found.data[0].1);
    assert!(found.value < 0.0 && (1.0 - t + 2.0 * t * x - found.value).abs() < 1e-12);
    let mut copula = model(
        "log(1 + a*(1 - 2*u)*(1 - 2*v))",
        &[("u", "(0, 1)"), ("v", "(0, 1)")],
        &[("a", "(-1, 1)")],
    );
    copula.observations[0].density.typed = Some(formula("1 + a*(1 - 2*u)*(1 - 2*v)"));
    assert_eq!(
        negative_somewhere(&copula, &copula.observations[0].density),
        None
    );
}

#[test]
fn both_forms_of_the_information() {
    let normal = model(
        "-log(s) - (x - m)^2/(2*s^2)",
        &[("x", "real")],
        &[("m", "real"), ("s", POSITIVE)],
    );
    assert_eq!(information_identity(&normal), Ok(Identity::Holds));
    let laplace = model(
        "-log(2*s) - abs(x - m)/s",
        &[("x", "real")],
        &[("m", "real"), ("s", POSITIVE)],
    );
    match information_identity(&laplace) {
        Ok(Identity::Fails {
            entry: (0, 0),
            minus_hessian,
            score_product,
            ..
        }) => assert!(minus_hessian.abs() < 1e-9 && score_product > 0.05),
        other => panic!("{other:?}"),
    }
}
