use bartlett_special::*;
use bartlett_expr::*;
use crate::model::at;
#[test]
fn probe() {
    let f = bartlett_laws::FAMILIES.iter().copied().flatten().find(|f| f.name == "NormInvGauss").unwrap();
    let m = crate::catalogue::model(f).unwrap();
    let d = &m.observations[0].density;
    let mut h = |x: f64| d.log_density.value_at(&at(&[("a", 0.68), ("b", -0.26), ("mu", 1.6), ("sigma", 0.46), ("x", x)]));
    println!("{:?}", locate(&mut h, f64::NEG_INFINITY, f64::INFINITY, &[1.6]));
}
