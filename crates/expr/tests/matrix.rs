//! Matrices: identities that hold for every matrix, known inverses, ranks and null directions.
use bartlett_expr::normal::is_zero;
use bartlett_expr::{Domain, Expr, Facts, Matrix, MatrixError, Symbol, Truth};
use proptest::prelude::*;

fn s(name: &str) -> Expr {
    Expr::symbol(name)
}
fn positive(names: &[&str]) -> Facts {
    let mut facts = Facts::new();
    for name in names {
        facts.declare(Symbol::new(name), Domain::positive());
    }
    facts
}
fn assert_same(facts: &Facts, a: &Matrix, b: &Matrix) {
    assert_eq!((a.rows(), a.columns()), (b.rows(), b.columns()));
    for (x, y) in a.entries().iter().zip(b.entries()) {
        assert_eq!(is_zero(facts, &(x - y)), Truth::Yes, "{x:?} is not {y:?}");
    }
}
fn assert_inverse(facts: &Facts, m: &Matrix) -> Matrix {
    let inverse = m.inverse(facts).unwrap().expect("regular");
    assert_same(
        facts,
        &m.product(facts, &inverse).unwrap(),
        &Matrix::identity(m.rows()),
    );
    inverse
}

#[test]
fn autoregressive_covariance_has_a_tridiagonal_inverse() {
    let facts = positive(&["v"]);
    let (r, v) = (s("r"), s("v"));
    let n = 6;
    let m = Matrix::symmetric(n, |i, j| {
        &v * r.powi((j - i) as i64) / (Expr::one() - r.powi(2))
    });
    let inverse = assert_inverse(&facts, &m);
    let expected = Matrix::symmetric(n, |i, j| match j - i {
        0 if i == 0 || i == n - 1 => v.recip(),
        0 => (r.powi(2) + 1) / &v,
        1 => -&r / &v,
        _ => Expr::zero(),
    });
    assert_same(&facts, &inverse, &expected);
}

#[test]
fn compound_symmetry() {
    let facts = positive(&["v"]);
    let (r, v) = (s("r"), s("v"));
    let n = 6_usize;
    let m = Matrix::symmetric(n, |i, j| if i == j { v.clone() } else { &r * &v });
    let inverse = assert_inverse(&facts, &m);
    let size = n as i64;
    let below = &v * (Expr::one() - &r) * (&r * (size - 1) + 1);
    let expected = Matrix::symmetric(n, |i, j| {
        if i == j {
            (&r * (size - 2) + 1) / &below
        } else {
            -&r / &below
        }
    });
    assert_same(&facts, &inverse, &expected);
    let determinant = v.powi(size) * (Expr::one() - &r).powi(size - 1) * (&r * (size - 1) + 1);
    assert_eq!(
        is_zero(&facts, &(m.determinant(&facts).unwrap() - determinant)),
        Truth::Yes
    );
}

#[test]
fn a_generic_symmetric_matrix_of_six_rows() {
    let facts = Facts::new();
    let m = Matrix::symmetric(6, |i, j| s(&format!("a{i}{j}")));
    let inverse = m.inverse(&facts).unwrap().unwrap();
    // A random rational point against exact arithmetic of numbers: A(point)·A⁻¹(point) = 1.
    let value = |e: &Expr| {
        let mut map = Vec::new();
        for i in 0..6_i64 {
            for j in i..6 {
                let n = (i * 7 + j * 3) % 11 - 4 + if i == j { 9 } else { 0 };
                map.push((Symbol::new(&format!("a{i}{j}")), Expr::integer(n)));
            }
        }
        map.iter()
            .fold(e.clone(), |e, (symbol, by)| e.replace(symbol, by))
    };
    let product = m.map(value).product(&facts, &inverse.map(value)).unwrap();
    assert_eq!(product, Matrix::identity(6));
}

#[test]
fn blocks_are_found_and_inverted_apart() {
    let facts = positive(&["s"]);
    let (a, sigma) = (s("a"), s("s"));
    let zero = Expr::zero();
    // (mu, scale, location): rows 0 and 2 belong together.
    let m = Matrix::from_rows(vec![
        vec![Expr::integer(2) / &sigma, zero.clone(), a.clone()],
        vec![zero.clone(), sigma.powi(-2), &a - &a],
        vec![a.clone(), zero, sigma.clone()],
    ])
    .unwrap();
    let blocks = m.blocks(&facts).unwrap();
    assert_eq!(blocks.len(), 2);
    assert_eq!(blocks[0].rows, [0, 2]);
    let inverse = assert_inverse(&facts, &m);
    assert_eq!(inverse[(1, 1)], sigma.powi(2));
    assert!(inverse[(0, 1)].is_zero());
    // A permutation of rows changes the sign of the determinant.
    let swapped = m.select(&[1, 0, 2], &[0, 1, 2]);
    let sum = m.determinant(&facts).unwrap() + swapped.determinant(&facts).unwrap();
    assert_eq!(is_zero(&facts, &sum), Truth::Yes);
}

#[test]
fn singular_matrices_have_rank_and_directions() {
    let facts = positive(&["a", "b"]);
    let (a, b) = (s("a"), s("b"));
    // One observation with mean a·b: only the product is identified.
    let m =
        Matrix::from_rows(vec![vec![&b / &a, Expr::one()], vec![Expr::one(), &a / &b]]).unwrap();
    assert_eq!(m.inverse(&facts).unwrap(), None);
    assert_eq!(m.rank(&facts).unwrap(), 1);
    assert_eq!(m.is_positive_definite(&facts).unwrap(), Truth::No);
    let null = m.null_space(&facts).unwrap();
    assert_eq!(null.len(), 1);
    let ratio = &null[0][0] * &b + &null[0][1] * &a;
    assert_eq!(is_zero(&facts, &ratio), Truth::Yes, "{null:?}");
    assert!(
        null[0] == [a.clone(), -&b] || null[0] == [-&a, b.clone()],
        "{null:?}"
    );
    let m = Matrix::from_rows(vec![vec![Expr::one(); 3]; 3]).unwrap();
    assert_eq!(m.rank(&facts).unwrap(), 1);
    assert_eq!(m.null_space(&facts).unwrap().len(), 2);
    assert_eq!(Matrix::zero(2, 3).rank(&facts).unwrap(), 0);
    assert_eq!(Matrix::zero(2, 3).null_space(&facts).unwrap().len(), 3);
}

#[test]
fn roots_cancel_in_a_singular_matrix() {
    let facts = positive(&["x"]);
    let root = (s("x").powi(2) + 1).sqrt();
    let m = Matrix::from_rows(vec![
        vec![s("x").powi(2) + 1, root.clone()],
        vec![root, Expr::one()],
    ])
    .unwrap();
    assert_eq!(m.inverse(&facts).unwrap(), None);
    assert_eq!(m.rank(&facts).unwrap(), 1);
}

#[test]
fn definiteness() {
    let facts = positive(&["s", "n"]);
    let (sigma, n) = (s("s"), s("n"));
    let normal = Matrix::diagonal(&[sigma.powi(-2), Expr::integer(2) / sigma.powi(2)]);
    assert_eq!(normal.is_positive_definite(&facts).unwrap(), Truth::Yes);
    let m = Matrix::from_rows(vec![vec![&n + 1, n.clone()], vec![n.clone(), n.clone()]]).unwrap();
    assert_eq!(m.is_positive_definite(&facts).unwrap(), Truth::Yes);
    let m = Matrix::from_rows(vec![vec![-&n, n.clone()], vec![n.clone(), n.clone()]]).unwrap();
    assert_eq!(m.is_positive_definite(&facts).unwrap(), Truth::No);
    let m = Matrix::from_rows(vec![vec![Expr::one(), s("x")], vec![s("x"), Expr::one()]]).unwrap();
    assert_eq!(m.is_positive_definite(&facts).unwrap(), Truth::Unknown);
}

#[test]
fn shapes_are_checked() {
    let facts = Facts::new();
    let wide = Matrix::zero(2, 3);
    assert_eq!(wide.inverse(&facts), Err(MatrixError::Shape));
    assert_eq!(wide.determinant(&facts), Err(MatrixError::Shape));
    assert_eq!(wide.product(&facts, &wide), Err(MatrixError::Shape));
    assert_eq!(Matrix::new(2, 2, vec![Expr::one()]), None);
    assert_eq!(Matrix::zero(0, 0).determinant(&facts), Ok(Expr::one()));
}

#[test]
fn a_large_dense_matrix_is_refused_or_done_in_time() {
    let m = Matrix::from_fn(14, 14, |i, j| s(&format!("a{i}_{j}")));
    let start = std::time::Instant::now();
    assert_eq!(m.determinant(&Facts::new()), Err(MatrixError::TooLarge));
    assert!(start.elapsed().as_secs() < 60);
    // Structure keeps a large matrix small.
    let n = 12;
    let m = Matrix::symmetric(n, |i, j| match j - i {
        0 => s("d"),
        1 => Expr::one(),
        _ => Expr::zero(),
    });
    assert_inverse(&Facts::new(), &m);
}

fn entry() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        (-3_i64..4).prop_map(Expr::integer),
        prop_oneof![Just("a"), Just("b"), Just("c")].prop_map(s),
        Just(s("a").sqrt()),
        Just(Expr::function("lgamma", [s("b")])),
    ];
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(x, y)| x + y),
            (inner.clone(), inner.clone()).prop_map(|(x, y)| x * y),
            inner.prop_map(|x| x / (s("c") + 2)),
        ]
    })
}
fn matrix(rows: usize, columns: usize) -> impl Strategy<Value = Matrix> {
    prop::collection::vec(entry(), rows * columns)
        .prop_map(move |entries| Matrix::new(rows, columns, entries).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn determinants_multiply(a in matrix(3, 3), b in matrix(3, 3)) {
        let facts = positive(&["a", "b", "c"]);
        let product = a.product(&facts, &b).unwrap().determinant(&facts).unwrap();
        let apart = a.determinant(&facts).unwrap() * b.determinant(&facts).unwrap();
        prop_assert_eq!(is_zero(&facts, &(product - apart)), Truth::Yes);
    }
    #[test]
    fn an_inverse_inverts(a in matrix(3, 3)) {
        let facts = positive(&["a", "b", "c"]);
        match a.inverse(&facts).unwrap() {
            Some(inverse) => {
                let product = inverse.product(&facts, &a).unwrap();
                prop_assert_eq!(product, Matrix::identity(3));
                let again = inverse.determinant(&facts).unwrap() * a.determinant(&facts).unwrap();
                prop_assert_eq!(is_zero(&facts, &(again - 1)), Truth::Yes);
            }
            None => prop_assert!(a.rank(&facts).unwrap() < 3),
        }
    }
    #[test]
    fn null_vectors_are_sent_to_zero(a in matrix(2, 4)) {
        let facts = positive(&["a", "b", "c"]);
        let null = a.null_space(&facts).unwrap();
        prop_assert_eq!(null.len() + a.rank(&facts).unwrap(), 4);
        for v in null {
            let image = a.product(&facts, &Matrix::column(v)).unwrap();
            prop_assert_eq!(image, Matrix::zero(2, 1));
        }
    }
    #[test]
    fn solutions_solve(a in matrix(3, 3), x in matrix(3, 1)) {
        let facts = positive(&["a", "b", "c"]);
        let right = a.product(&facts, &x).unwrap();
        let solution = a.solve(&facts, &right).unwrap().expect("consistent");
        assert_same(&facts, &a.product(&facts, &solution).unwrap(), &right);
    }
    #[test]
    fn congruences_are_products(a in matrix(2, 2), j in matrix(2, 3)) {
        let facts = positive(&["a", "b", "c"]);
        let direct = a.congruence(&facts, &j).unwrap();
        let steps = j.transpose().product(&facts, &a.product(&facts, &j).unwrap()).unwrap();
        assert_same(&facts, &direct, &steps);
    }
}
