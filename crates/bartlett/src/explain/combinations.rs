//! Entries found as combinations of functions of mean 0, and entries found over several data.
//! In: entries with their evidence. Out: steps. Never: an identity that was not used.

use super::entries::{Entries, note};
use super::step::{Equation, Rule, Side, Step};
use super::{equation, rules};
use crate::expect::{Evidence, Identity, Marginal, Reason};
use crate::information::{Entry, Route};
use bartlett_expr::{Expr, Symbol};

/// The rules that give functions of mean 0, in the order in which they are shown.
const RULES: [&Rule; 5] = [
    &rules::TOTAL_DERIVATIVE,
    &rules::MIRROR_IMAGE,
    &rules::DIFFERENTIATED_MEAN,
    &rules::KNOWN_INTEGRAL,
    &rules::REMAINDER,
];

/// Why a function that is no score has mean 0.
fn rule(identity: &Identity) -> Option<&'static Rule> {
    match identity.reason {
        Reason::Score(_) => None,
        Reason::Total(_) => Some(&rules::TOTAL_DERIVATIVE),
        Reason::Mirrored(_) => Some(&rules::MIRROR_IMAGE),
        Reason::Differentiated(..) => Some(&rules::DIFFERENTIATED_MEAN),
        Reason::Known(_) => Some(&rules::KNOWN_INTEGRAL),
        Reason::Open(_) => Some(&rules::REMAINDER),
    }
}

/// The table's word for a function that was used.
fn about(identity: &Identity) -> String {
    match &identity.reason {
        Reason::Total(g) => format!("g = {}", g.text()),
        Reason::Differentiated(h, parameter) => {
            format!("h = {}, θ = {}", h.text(), parameter.name())
        }
        Reason::Mirrored(h) => format!("h = {}", h.text()),
        Reason::Known(row) => (*row).to_owned(),
        Reason::Score(_) | Reason::Open(_) => String::new(),
    }
}

/// The identities of an entry with their multiples.
fn used(entry: &Entry) -> &[(Expr, Identity)] {
    match &entry.evidence {
        Evidence::Identities(used) => used,
        _ => &[],
    }
}

/// The integral or sum as which a mean stays.
fn open_mean(identity: &Identity) -> Option<Expr> {
    match &identity.reason {
        Reason::Open(mean) => Some(mean.clone()),
        _ => None,
    }
}

impl Entries<'_> {
    /// Functions of mean 0, each once, then the entries as combinations of them.
    pub(super) fn by_identities(&self, steps: &mut Vec<Step>) {
        let routes = [Route::Identities, Route::Open];
        let found: Vec<(usize, usize, &Entry)> = routes
            .into_iter()
            .flat_map(|route| self.of(route))
            .filter(|(.., entry)| matches!(entry.evidence, Evidence::Identities(_)))
            .collect();
        let identities = || found.iter().flat_map(|(.., entry)| used(entry));
        for shown in RULES {
            let mut words: Vec<String> = Vec::new();
            let mut equations: Vec<Equation> = Vec::new();
            for (_, identity) in identities() {
                if rule(identity) != Some(shown) {
                    continue;
                }
                let word = about(identity);
                if !word.is_empty() && !words.contains(&word) {
                    words.push(word);
                }
                let mean = open_mean(identity).unwrap_or_else(Expr::zero);
                let side = Side::Mean(identity.function.clone());
                note(&mut equations, side, [mean]);
            }
            self.push_about(shown, &words.join("; "), equations, steps);
        }
        let mut equations: Vec<Equation> = Vec::new();
        for (i, j, entry) in &found {
            if entry.route == Route::Identities {
                let terms = used(entry).iter().map(|(multiple, identity)| {
                    let function = match &identity.reason {
                        Reason::Score(parameter) => score(parameter),
                        _ => identity.function.clone(),
                    };
                    multiple * function
                });
                let combination = Expr::sum(terms) + &entry.value;
                equations.push(equation(self.integrand(*i, *j).0, [combination]));
            }
            equations.push(equation(self.information(*i, *j), [entry.value.clone()]));
        }
        self.push(&rules::COMBINATION, equations, steps);
    }

    /// Data integrated or summed out, then the entries.
    pub(super) fn by_marginals(&self, data: &[Symbol], steps: &mut Vec<Step>) {
        let found = self.of(Route::Joint);
        let marginals: &[Marginal] = found
            .iter()
            .find_map(|(.., entry)| match &entry.evidence {
                Evidence::Marginals(marginals) => Some(&marginals[..]),
                _ => None,
            })
            .unwrap_or_default();
        let mut left: Vec<Symbol> = data.to_vec();
        let mut equations: Vec<Equation> = Vec::new();
        for marginal in marginals {
            left.retain(|s| !marginal.without.contains(s));
            if !left.is_empty() {
                let side = Side::LogMarginal(left.clone());
                equations.push(equation(side, [marginal.log_density.clone()]));
            }
        }
        self.push(&rules::MARGINALS, equations, steps);
        let equations = found
            .into_iter()
            .map(|(i, j, entry)| equation(self.information(i, j), [entry.value.clone()]));
        self.push(&rules::JOINT, equations.collect(), steps);
    }
}

/// A score by name.
pub(super) fn score(parameter: &Symbol) -> Expr {
    Expr::symbol(&format!("s_{}", parameter.name()))
}
