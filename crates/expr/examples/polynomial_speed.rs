//! Times products, gcds, sums of fractions and factorisations of polynomials; run with `--release`, by hand.
//! In: nothing. Out: a table of milliseconds (median of several rounds). Never: a test.

use bartlett_expr::polynomial::{Generator, Polynomial, RationalFunction};
use std::collections::HashMap;
use std::hint::black_box;
use std::time::Instant;

fn time<T>(name: &str, mut work: impl FnMut() -> T, describe: impl Fn(&T) -> String) {
    let mut rounds = Vec::new();
    let mut last = None;
    let start = Instant::now();
    while rounds.len() < 3 || (start.elapsed().as_secs_f64() < 0.3 && rounds.len() < 200) {
        let begin = Instant::now();
        last = Some(black_box(work()));
        rounds.push(begin.elapsed().as_secs_f64() * 1e3);
    }
    rounds.sort_by(f64::total_cmp);
    println!(
        "{name:44} {:10.4} ms   {}",
        rounds[rounds.len() / 2],
        last.map_or_else(String::new, |v| describe(&v))
    );
}

fn terms(p: &Polynomial) -> String {
    format!("{} terms", p.len())
}

fn minor(
    a: &[Vec<Polynomial>],
    rows: &[usize],
    columns: &[usize],
    memo: &mut HashMap<(Vec<usize>, Vec<usize>), Polynomial>,
) -> Polynomial {
    let Some((&row, rest)) = rows.split_first() else {
        return Polynomial::one();
    };
    if let Some(known) = memo.get(&(rows.to_vec(), columns.to_vec())) {
        return known.clone();
    }
    let mut sum = Polynomial::zero();
    for (at, &column) in columns.iter().enumerate() {
        let others: Vec<usize> = columns
            .iter()
            .copied()
            .filter(|&other| other != column)
            .collect();
        let part = &a[row][column] * &minor(a, rest, &others, memo);
        sum = if at % 2 == 0 {
            &sum + &part
        } else {
            &sum - &part
        };
    }
    memo.insert((rows.to_vec(), columns.to_vec()), sum.clone());
    sum
}

/// All entries of the inverse, in lowest terms, by memoised minors.
fn inverse(a: &[Vec<Polynomial>]) -> Vec<RationalFunction> {
    let mut memo = HashMap::new();
    let all: Vec<usize> = (0..a.len()).collect();
    let determinant = minor(a, &all, &all, &mut memo);
    let mut entries = Vec::new();
    for i in 0..a.len() {
        for j in 0..=i {
            let rows: Vec<usize> = all.iter().copied().filter(|&k| k != i).collect();
            let columns: Vec<usize> = all.iter().copied().filter(|&k| k != j).collect();
            let cofactor = minor(a, &rows, &columns, &mut memo);
            entries.push(
                RationalFunction::new(&cofactor, &determinant)
                    .unwrap_or_else(RationalFunction::zero),
            );
        }
    }
    entries
}

fn main() {
    let [x, y, z] = [0, 1, 2].map(|g| Polynomial::generator(Generator(g)));
    let n = Polynomial::integer;
    let base = &(&(&x + &y) + &z) + &n(1);
    for exponent in [8, 12, 15, 20] {
        let name = format!("expand (x+y+z+1)^{exponent} · (same + 1)");
        time(
            &name,
            || {
                let e = base.pow(exponent);
                &e * &(&e + &n(1))
            },
            terms,
        );
    }
    let power = base.pow(20);
    time("power alone ^20", || base.pow(20), terms);
    let product = &power * &(&power + &n(1));
    time(
        "exact division of the ^20 product",
        || product.exact_divide(&power),
        |q| q.as_ref().map_or(String::new(), terms),
    );
    for k in [3, 5, 8] {
        let g = (&(&(&x + &y.scale(&2.into())) - &z) + &n(3)).pow(k);
        let a = &g * &(&(&(&x * &y) + &z) + &n(1)).pow(k);
        let b = &g * &(&(&x - &(&y * &z)) + &n(2)).pow(k);
        time(
            &format!("gcd, three variables, {k} factors"),
            || a.gcd(&b),
            terms,
        );
    }
    let g = (&(&x * &y) + &(&(&z - &x) + &n(3))).pow(2);
    time(
        "gcd, tiny coprime: x + y, x - y",
        || (&x + &y).gcd(&(&x - &y)),
        terms,
    );
    time(
        "gcd, tiny: (x+y)z, (x+y)(z+1)",
        || {
            let s = &x + &y;
            (&s * &z).gcd(&(&s * &(&z + &n(1))))
        },
        terms,
    );
    time(
        "product, tiny: (x + y)(x - y)",
        || &(&x + &y) * &(&x - &y),
        terms,
    );
    let many: Vec<Polynomial> = (0..8)
        .map(|k| Polynomial::generator(Generator(k)))
        .collect();
    let wide = &Polynomial::sum(&many) + &n(1);
    let (p, q) = (
        &wide * &(&(&many[0] * &many[5]) + &g),
        &wide.pow(2) * &(&(&many[3] * &many[7]) - &n(2)),
    );
    time("gcd, eight variables, sparse", || p.gcd(&q), terms);
    for k in 2..=4 {
        let mut parts = Vec::new();
        for at in 1..=k {
            let (b, d) = (&y + &z.scale(&at.into()), &x + &y.scale(&at.into()));
            parts.extend(
                [
                    RationalFunction::new(&x, &b),
                    RationalFunction::new(&z.pow(2), &d),
                ]
                .into_iter()
                .flatten(),
            );
        }
        let pairwise = || {
            parts
                .iter()
                .fold(RationalFunction::zero(), |sum, part| &sum + part)
        };
        time(
            &format!("sum of {} fractions, one by one", 2 * k),
            pairwise,
            |s| terms(s.numerator()),
        );
        time(
            &format!("sum of {} fractions, at once", 2 * k),
            || RationalFunction::sum(&parts),
            |s| terms(s.numerator()),
        );
    }
    for size in 3..=6_usize {
        let symmetric: Vec<Vec<Polynomial>> = (0..size)
            .map(|i| {
                let entry =
                    |j: usize| u32::try_from(i.max(j) * (i.max(j) + 1) / 2 + i.min(j)).unwrap_or(0);
                (0..size)
                    .map(|j| Polynomial::generator(Generator(entry(j))))
                    .collect()
            })
            .collect();
        let largest = |v: &Vec<RationalFunction>| format!("{} terms", v[0].denominator().len());
        time(
            &format!("inverse, symmetric symbolic {size}"),
            || inverse(&symmetric),
            largest,
        );
    }
    for size in 4..=6_usize {
        let (s, r) = (&x.pow(2), &y);
        let entry = |i: usize, j: usize| s * &r.pow(u32::try_from(i.abs_diff(j)).unwrap_or(0));
        let banded: Vec<Vec<Polynomial>> = (0..size)
            .map(|i| (0..size).map(|j| entry(i, j)).collect())
            .collect();
        time(
            &format!("inverse, AR(1) {size}"),
            || inverse(&banded),
            |v| terms(v[0].denominator()),
        );
    }
}
