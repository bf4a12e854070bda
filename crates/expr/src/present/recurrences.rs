//! Calls moved along their recurrences, powers of quotients joined and exponentials turned over, where that shortens the whole.
//! In: values over a ring. Out: equal values and their forms. Never: a call moved to where it may have a pole.

use super::search::{Search, Written};
use super::splits::at;
use crate::Symbol;
use crate::expr::{Constant, Expr, Kind};
use crate::parse::formula;
use crate::polynomial::{Generator, Polynomial, RationalFunction};
use crate::rewrite::SHIFTS;
use rustc_hash::FxHashMap;

/// Trials for one set of values.
const TRIALS: usize = 8;
/// A form with fewer operations is left alone.
const SHORT: usize = 3;

/// The forms of the values after the moves that shorten them all together.
pub(super) fn moved(search: &mut Search<'_>, values: &[RationalFunction]) -> Vec<Written> {
    let mut values = values.to_vec();
    let mut forms: Vec<Written> = search.shortest(&values);
    let length = |forms: &[Written]| forms.iter().map(|w| w.effort).sum::<usize>();
    let mut best = length(&forms);
    let mut candidates: Vec<Generator> = search
        .ring
        .atoms()
        .map(|(g, _)| g)
        .filter(|g| occurs(&values, *g))
        .collect();
    let mut trials = TRIALS;
    if best >= SHORT
        && let Some(images) = sines(search, &values)
    {
        let other: Vec<Written> = search.shortest(&images);
        if length(&other) < best {
            best = length(&other);
            (values, forms) = (images, other);
        }
    }
    while let Some(g) = candidates.pop() {
        if trials == 0 || best < SHORT {
            break;
        }
        for (new, image) in images(search, g) {
            if occurs(&values, new) || !occurs(&values, g) || trials == 0 {
                continue;
            }
            let used = |v: &RationalFunction| occurs(std::slice::from_ref(v), g);
            let put = |v: &RationalFunction| {
                if used(v) {
                    at(v, g, &image)
                } else {
                    Some(v.clone())
                }
            };
            let Some(images) = values.iter().map(put).collect::<Option<Vec<_>>>() else {
                continue;
            };
            // More terms never read better in the end.
            if size(&images) > size(&values) {
                continue;
            }
            trials -= 1;
            let other: Vec<Written> = search.shortest(&images);
            let total = length(&other);
            if total < best {
                (values, forms, best) = (images, other, total);
                if matches!(search.ring.atom(new).kind(), Kind::Call(..)) {
                    candidates.push(new);
                }
            }
        }
    }
    forms
}

/// Terms of all numerators and denominators.
fn size(values: &[RationalFunction]) -> usize {
    let terms = |v: &RationalFunction| v.numerator().len() + v.denominator().len();
    values.iter().map(terms).sum()
}

fn occurs(values: &[RationalFunction], g: Generator) -> bool {
    values
        .iter()
        .any(|v| v.numerator().degree(g) + v.denominator().degree(g) > 0)
}

/// Other generators, and the old one as a rational function of each.
fn images(search: &mut Search<'_>, g: Generator) -> Vec<(Generator, RationalFunction)> {
    let atom = search.ring.atom(g).clone();
    let new = match atom.kind() {
        Kind::Power(base, exponent)
            if exponent.as_number().is_none() && !base.is_constant(Constant::E) =>
        {
            let mut out = quotients(search, g, base, exponent);
            let inverse = search.ring.generator(&base.power(&-exponent));
            out.extend(
                RationalFunction::from(Polynomial::generator(inverse))
                    .recip()
                    .map(|v| (inverse, v)),
            );
            return out;
        }
        Kind::Power(base, exponent) if exponent.as_number().is_none() => base.power(&-exponent),
        Kind::Power(base, _) if base.is_constant(Constant::E) => atom.recip(),
        Kind::Call(..) => {
            let moves = [moved_call(search, &atom, 1), moved_call(search, &atom, -1)];
            return moves.into_iter().flatten().collect();
        }
        _ => return Vec::new(),
    };
    if !matches!(new.kind(), Kind::Power(..)) {
        return Vec::new();
    }
    let new = search.ring.generator(&new);
    let inverse = RationalFunction::from(Polynomial::generator(new)).recip();
    inverse.map(|inverse| (new, inverse)).into_iter().collect()
}

/// a^m by (a/b)^m and (a·b)^m for every other base b with the same exponent, both above 0.
fn quotients(
    search: &mut Search<'_>,
    g: Generator,
    base: &Expr,
    exponent: &Expr,
) -> Vec<(Generator, RationalFunction)> {
    let others: Vec<(Generator, Expr)> = search
        .ring
        .atoms()
        .filter(|(h, _)| *h != g)
        .map(|(h, atom)| (h, atom.as_power()))
        .filter(|(_, (_, e))| e == exponent)
        .map(|(h, (b, _))| (h, b))
        .take(3)
        .collect();
    let mut out = Vec::new();
    for (h, other) in others {
        if !search.is_positive(base) || !search.is_positive(&other) {
            continue;
        }
        let power = RationalFunction::from(Polynomial::generator(h));
        for (joined, rest) in [
            (base / &other, Some(power.clone())),
            (base * &other, power.recip()),
        ] {
            let new = search.ring.generator(&joined.power(exponent));
            let value = RationalFunction::from(Polynomial::generator(new));
            out.extend(rest.map(|rest| (new, &value * &rest)));
        }
    }
    out
}

/// f(x) by f(x + 1) or by f(x − 1), from the recurrence f(x + 1) = A·f(x) + B. Down only where x − 1 is above 0, as the
/// recurrences ask.
fn moved_call(
    search: &mut Search<'_>,
    call: &Expr,
    by: i64,
) -> Option<(Generator, RationalFunction)> {
    let (function, arguments) = call.as_call()?;
    let shift = SHIFTS.iter().find(|s| {
        s.function == function.name() && s.arguments.len() == arguments.len() && !s.three_terms
    })?;
    let moving = &arguments[shift.moving];
    let target = moving + Expr::integer(by);
    if !moving.may_vary() || (by < 0 && !search.is_positive(&target)) {
        return None;
    }
    let mut others = arguments.to_vec();
    others[shift.moving] = target;
    let new = Expr::call(function, others.iter().cloned());
    if new.as_call().is_none_or(|(f, _)| f != function) {
        return None;
    }
    // The recurrence at the lower of the two arguments.
    let (low, at) = if by > 0 {
        (call, arguments)
    } else {
        (&new, others.as_slice())
    };
    let names = shift.arguments.iter().map(|name| Expr::symbol(name));
    let instance = formula(shift.raised).substitute(&names.zip(at.iter().cloned()).collect());
    let mark = Symbol::new("#call");
    let name = Expr::symbol(mark.name());
    let marked = instance.substitute(&FxHashMap::from_iter([(low.clone(), name)]));
    let offset = marked.replace(&mark, &Expr::zero());
    let slope = marked.replace(&mark, &Expr::one()) - &offset;
    let value = if by > 0 {
        (&new - offset) / slope
    } else {
        &new * slope + offset
    };
    let value = search.ring.convert(&value).ok()?;
    Some((search.ring.generator(&new), value))
}

/// Every even power of a cosine in sines: the normal form writes sin² as 1 − cos².
fn sines(search: &mut Search<'_>, values: &[RationalFunction]) -> Option<Vec<RationalFunction>> {
    let cosines: Vec<(Generator, Expr)> = search
        .ring
        .atoms()
        .filter(|(g, _)| occurs(values, *g))
        .filter_map(|(g, atom)| Some((g, atom.as_call_of("cos")?[0].clone())))
        .collect();
    let mut values = values.to_vec();
    let mut changed = false;
    for (cosine, x) in cosines {
        let sine = search.ring.generator(&Expr::function("sin", [x]));
        let square = &Polynomial::one() - &Polynomial::generator(sine).pow(2);
        for value in &mut values {
            let put = |p: &Polynomial| -> Option<Polynomial> {
                let coefficients = p.coefficients_in(cosine);
                let odd = coefficients.iter().skip(1).step_by(2);
                if coefficients.len() > 9 || odd.into_iter().any(|c| !c.is_zero()) {
                    return None;
                }
                let mut sum = Polynomial::zero();
                for c in coefficients.iter().step_by(2).rev() {
                    sum = &(&sum * &square) + c;
                }
                Some(sum)
            };
            let (top, bottom) = (put(value.numerator()), put(value.denominator()));
            if let (Some(top), Some(bottom)) = (top, bottom) {
                *value = RationalFunction::new(&top, &bottom)?;
                changed = true;
            }
        }
    }
    changed.then_some(values)
}
