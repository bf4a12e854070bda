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
    let many_power = wide.pow(5);
    time(
        "product, eight variables, 1287 terms squared",
        || &many_power * &many_power,
        terms,
    );
    let square = &many_power * &many_power;
    time(
        "exact division of that",
        || square.exact_divide(&many_power),
        |q| q.as_ref().map_or(String::new(), terms),
    );
    let five: Vec<Polynomial> = (0..5)
        .map(|k| Polynomial::generator(Generator(k)))
        .collect();
    let dense = |shift: i64| (&Polynomial::sum(&five) + &n(shift)).pow(4);
    let (p, q) = (
        &dense(1) * &(&dense(2) + &n(1)),
        &dense(1) * &(&dense(3) + &x),
    );
    time("gcd, five variables, dense, 126 terms", || p.gcd(&q), terms);
    let sparse = |k: i64| {
        let row = |e: [u32; 4], c: i64| {
            let powers = e.iter().zip(0..).map(|(&e, g)| (Generator(g), e)).collect();
            (c.into(), powers)
        };
        Polynomial::from_terms([
            row([7, 0, 2, 5], k),
            row([3, 6, 0, 1], -3),
            row([0, 2, 7, 3], k + 4),
            row([1, 1, 1, 1], 5),
            row([0, 0, 0, 0], k),
        ])
    };
    let (p, q) = (
        &sparse(1) * &sparse(2).pow(2),
        &sparse(2) * &sparse(3).pow(2),
    );
    time(
        "gcd, four variables, sparse, degree 42",
        || p.gcd(&q),
        terms,
    );
    let count = |f: &bartlett_expr::polynomial::Factorization| {
        format!(
            "{} factors{}",
            f.factors.len(),
            if f.irreducible {
                ""
            } else {
                ", not all proved irreducible"
            }
        )
    };
    let (a, b) = (&(&x * &x) + &(&y * &y), &(&x * &y) + &n(2));
    let small = &(&(&a - &n(1)) * &b.pow(2)) * &(&x - &y);
    time("factor (x²+y²−1)(xy+2)²(x−y)", || small.factor(), count);
    time("factor x^24 − 1", || (&x.pow(24) - &n(1)).factor(), count);
    time("factor x^100 − 1", || (&x.pow(100) - &n(1)).factor(), count);
    let three = &(&(&a * &z) + &(&x - &n(7))) * &(&(&b * &z.pow(2)) + &(&y.pow(3) - &x));
    time(
        "factor, three variables, two factors",
        || three.factor(),
        count,
    );
    let three = &three * &(&(&base.pow(3) + &(&x * &y)) - &n(4));
    time(
        "factor, three variables, three factors",
        || three.factor(),
        count,
    );
    let four = &(&five[3] * &five[3]) + &(&(&x * &y) - &(&z * &five[3]));
    let four = &(&four * &(&a + &five[3].pow(2))) * &(&(&b * &z) + &five[3].pow(3));
    time(
        "factor, four variables, three factors",
        || four.factor(),
        count,
    );
    time(
        "factor sparse(1)·sparse(2), degree 28",
        || (&sparse(1) * &sparse(2)).factor(),
        count,
    );
    time(
        "factor irreducible (x+y+z+1)^8 + x y z",
        || (&base.pow(8) + &(&(&x * &y) * &z)).factor(),
        count,
    );
    let symmetric: Vec<Vec<Polynomial>> = (0..5_u32)
        .map(|i| {
            (0..5)
                .map(|j| Polynomial::generator(Generator(i.max(j) * 5 + i.min(j))))
                .collect()
        })
        .collect();
    let all = [0, 1, 2, 3, 4];
    let determinant = minor(&symmetric, &all, &all, &mut HashMap::new());
    time(
        "factor a symmetric determinant, 5 × 5",
        || determinant.factor(),
        count,
    );
    let squared = &determinant * &minor(&symmetric, &all[1..], &all[1..], &mut HashMap::new());
    time("factor it times a minor", || squared.factor(), count);
}
