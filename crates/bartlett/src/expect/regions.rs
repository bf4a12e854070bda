//! Means where density or integrand have kinks at places whose order is not known (|x − μ| and |x − ν|).
//! In: a density of one datum, a function. Out: its mean, by cases of the order of the kinks. Never: more than two kinks.

use super::{Pieces, prepared, root};
use crate::model::Datum;
use bartlett_expr::{
    Domain, End, Expr, Facts, Kind, Relation, Symbol, Truth, formula, normal, topological,
};

/// E[g], where the support is cut at the kinks of g and of the density.
pub(super) fn mean(facts: &Facts, datum: &Datum, log_density: &Expr, g: &Expr) -> Option<Expr> {
    let mut places: Vec<Expr> = Vec::new();
    for e in [log_density, g] {
        for place in kinks(facts, e, &datum.symbol)? {
            if !places
                .iter()
                .any(|other| normal::is_zero(facts, &(other - &place)) == Truth::Yes)
            {
                places.push(place);
            }
        }
    }
    let work = Work {
        facts,
        datum,
        log_density,
        g,
    };
    match &places[..] {
        [one] => work.cut(std::slice::from_ref(one), facts),
        [a, b] => {
            let gap = b - a;
            if facts.is_positive(&gap) == Truth::Yes {
                return work.cut(&[a.clone(), b.clone()], facts);
            }
            if facts.is_negative(&gap) == Truth::Yes {
                return work.cut(&[b.clone(), a.clone()], facts);
            }
            work.either(a, b)
        }
        _ => None,
    }
}

struct Work<'a> {
    facts: &'a Facts,
    datum: &'a Datum,
    log_density: &'a Expr,
    g: &'a Expr,
}

impl Work<'_> {
    /// Both orders of two places; one formula in |a − b| where they agree.
    fn either(&self, a: &Expr, b: &Expr) -> Option<Expr> {
        let ordered = |low: &Expr, high: &Expr| {
            let mut facts = self.facts.clone();
            facts.assume_positive(high - low);
            self.cut(&[low.clone(), high.clone()], &facts)
        };
        let (above, below) = (ordered(a, b)?, ordered(b, a)?);
        // One of the two places written as the other ± d: where both orders then read the same, d = |b − a|.
        let d = Expr::symbol("#distance");
        let gap = normal::simplified(self.facts, &(b - a));
        let turned = -&gap;
        let by_distance = match (a.as_symbol(), b.as_symbol()) {
            _ if gap.as_symbol().is_some() => gap.as_symbol().map(|name| (name, d.clone(), -&d)),
            _ if turned.as_symbol().is_some() => {
                turned.as_symbol().map(|name| (name, -&d, d.clone()))
            }
            (_, Some(name)) if !a.contains(name) => Some((name, a + &d, a - &d)),
            (Some(name), _) if !b.contains(name) => Some((name, b - &d, b + &d)),
            _ => None,
        };
        if let Some((name, first, then)) = by_distance {
            let one = normal::simplified(self.facts, &above.replace(name, &first));
            let other = below.replace(name, &then);
            if normal::is_zero(self.facts, &(&one - other)) == Truth::Yes {
                let distance = Expr::function("abs", [gap.clone()]);
                return Some(one.replace(&Symbol::new("#distance"), &distance));
            }
        }
        Some(Expr::cases(
            Expr::compare(Relation::LessEqual, Expr::zero(), gap),
            above,
            below,
        ))
    }

    /// Σ over the parts between the places, which are in order.
    fn cut(&self, places: &[Expr], facts: &Facts) -> Option<Expr> {
        let support = &self.datum.support;
        let open = |value: &Expr| End {
            value: value.clone(),
            closed: false,
        };
        let mut ends = vec![support.lower.clone()];
        ends.extend(places.iter().map(open));
        ends.push(support.upper.clone());
        let mut sum = Vec::new();
        for pair in ends.windows(2) {
            let part = Domain {
                lower: pair[0].clone(),
                upper: pair[1].clone(),
                step: None,
            };
            sum.push(self.part(&part, facts)?);
        }
        Some(normal::simplified(facts, &Expr::sum(sum)))
    }

    /// ∫ g p over a part.
    fn part(&self, part: &Domain, facts: &Facts) -> Option<Expr> {
        let x = &self.datum.symbol;
        let mut facts = facts.clone();
        facts.declare(x.clone(), part.clone());
        let log_density = signs(&facts, &prepared(&facts, self.log_density), x)?;
        let g = signs(&facts, &prepared(&facts, self.g), x)?;
        let mut value = None;
        Pieces::each(&facts, x, part, &log_density, &mut |pieces| {
            if pieces.knows_its_mass() {
                value = pieces.expect(&g).map(|c| c.value * &pieces.mass);
            }
            value.is_some()
        });
        value
    }
}

/// The places at which a function that is not smooth switches; nothing where one cannot be solved for.
fn kinks(facts: &Facts, e: &Expr, x: &Symbol) -> Option<Vec<Expr>> {
    let mut found = Vec::new();
    for node in topological(std::slice::from_ref(e)) {
        let switch = match node.kind() {
            Kind::Call(f, arguments) if !f.is_smooth() && node.contains(x) => {
                match &arguments[..] {
                    [u] => u.clone(),
                    [u, v] => u - v,
                    _ => return None,
                }
            }
            Kind::Compare(_, a, b) if node.contains(x) => a - b,
            _ => continue,
        };
        let place = root(facts, &switch, x)?;
        if !found.contains(&place) {
            found.push(place);
        }
    }
    Some(found)
}

/// The expression where the signs are known: |u| as u or −u. Nothing where a kink remains.
fn signs(facts: &Facts, e: &Expr, x: &Symbol) -> Option<Expr> {
    let sign_name = formula("sign(u)");
    let (sign_of, _) = sign_name.as_call()?;
    let absolute = formula("abs(u)");
    let (absolute, _) = absolute.as_call()?;
    let plain = e.map(&mut |node| {
        let Kind::Call(f, arguments) = node.kind() else {
            return node;
        };
        let is = |g: bartlett_expr::functions::FunctionRef| f.name() == g.name();
        if !is(sign_of) && !is(absolute) {
            return node;
        }
        let u = &arguments[0];
        let sign = if facts.is_nonnegative(u) == Truth::Yes {
            1
        } else if facts.is_nonnegative(&-u) == Truth::Yes {
            -1
        } else {
            return node;
        };
        if is(sign_of) {
            Expr::integer(sign)
        } else {
            u * sign
        }
    });
    (!super::has_kink(&plain, x)).then_some(plain)
}
