//! Rows whose number is a symbol: what is known of their indices, of their ends, and of the entries that they use.
//! In: units, drafts, names. Out: `Repeated`, or what is wrong with the rows. Never: rows that are written out.

use super::Draft;
use super::claims::{Claim, Source, What};
use super::definitions::base;
use super::names::Names;
use super::units::Unit;
use crate::model::problems::ModelError as E;
use crate::model::{RowRange, Rows};
use bartlett_expr::{Domain, Expr, Kind, Number, Problem, Span, Symbol};

/// What stands besides the names of the model in one row.
#[derive(Default)]
pub(super) struct Repeated {
    /// The indices, each once.
    pub indices: Vec<Symbol>,
    /// Symbols of entries of knowns, with the indexed names that they stand for.
    pub entries: Vec<(Symbol, Expr)>,
    /// Where indices and sizes live.
    pub claims: Vec<Claim>,
    /// Data of rows, with what begins a statement about them: `for i in 1..n: `.
    data: Vec<(Symbol, String)>,
}

/// Notes the rows of a unit in what was drafted from it.
pub(super) fn mark(unit: &Unit<'_>, entries: &[(Symbol, Expr)], drafts: &mut [Draft]) {
    if unit.ranges.is_empty() {
        return;
    }
    for draft in drafts {
        let is_datum = |s: &Symbol| draft.data.iter().any(|datum| datum.node == *s);
        let entries = entries.iter().filter(|(symbol, _)| !is_datum(symbol));
        draft.rows = Some(Rows {
            ranges: unit.ranges.clone(),
            entries: entries.cloned().collect(),
        });
    }
}

impl Repeated {
    pub(super) fn of(units: &[Unit<'_>], drafts: &[Draft], names: &Names) -> Result<Self, Problem> {
        let mut found = Self::default();
        for draft in drafts {
            for entry in draft.rows.iter().flat_map(|rows| &rows.entries) {
                if !found.entries.contains(entry) {
                    found.entries.push(entry.clone());
                }
            }
        }
        for draft in drafts {
            let Some(rows) = &draft.rows else { continue };
            let ranges = rows.ranges.iter().map(|range| {
                let (lower, upper) = (range.lower.text(), range.upper.text());
                format!("for {} in {lower}..{upper}: ", range.index)
            });
            let prefix: String = ranges.collect();
            let data = draft.data.iter().map(|datum| datum.node.clone());
            found.data.extend(data.map(|datum| (datum, prefix.clone())));
        }
        same_data(drafts)?;
        let mut ranges: Vec<(RowRange, Span)> = Vec::new();
        for unit in units {
            for range in &unit.ranges {
                if !ranges.iter().any(|(other, _)| other == range) {
                    ranges.push((range.clone(), unit.span));
                }
            }
        }
        for (range, at) in &ranges {
            found.check(range, *at, &ranges, names)?;
            found.claim_ends(range, *at, &ranges);
        }
        for (range, at) in &ranges {
            found.claim_index(range, *at, &ranges);
        }
        Ok(found)
    }

    /// The names of a range play no other part, and its ends are known.
    fn check(
        &self,
        range: &RowRange,
        at: Span,
        ranges: &[(RowRange, Span)],
        names: &Names,
    ) -> Result<(), Problem> {
        let named = [&names.data, &names.parameters, &names.known];
        if let Some(other) = named
            .into_iter()
            .flatten()
            .find(|one| base(&one.node) == range.index.name())
        {
            return Err(E::DeclaredTwice {
                at: other.span,
                first: at,
                name: range.index.to_string(),
                first_role: "a variable of `for`",
                role: "a name of the model",
            }
            .into());
        }
        for end in [&range.lower, &range.upper] {
            if end.any_node(&|node| matches!(node.kind(), Kind::Indexed(..))) {
                return Err(E::NotSupportedYet {
                    at,
                    what: "a range that ends at an entry of a list",
                    mend: "end it at a number or at a known name".to_owned(),
                }
                .into());
            }
            let unknown = end.free_symbols().into_iter().find(|s| {
                !names.known.iter().any(|known| known.node == *s)
                    && !ranges.iter().any(|(other, _)| other.index == *s)
            });
            if let Some(symbol) = unknown {
                return Err(E::RowsNotKnown {
                    at,
                    name: symbol.to_string(),
                }
                .into());
            }
        }
        Ok(())
    }

    fn add(&mut self, what: What, span: Span) {
        self.claims.push(Claim {
            what,
            span,
            source: Source::Stated,
        });
    }

    /// Sizes are integers, and there is a first row.
    fn claim_ends(&mut self, range: &RowRange, at: Span, ranges: &[(RowRange, Span)]) {
        let mut symbols = range.lower.free_symbols();
        symbols.extend(range.upper.free_symbols());
        symbols.retain(|s| !ranges.iter().any(|(other, _)| other.index == *s));
        for s in symbols {
            let subject = Expr::symbol(s.name());
            let domain = Domain::integers(-Expr::infinity(), Expr::infinity(), Number::ONE);
            self.add(
                What::Member {
                    subject,
                    domain,
                    atoms: Vec::new(),
                },
                at,
            );
        }
        let difference = &range.upper - &range.lower;
        let free = difference.free_symbols();
        if !free.is_empty() && !ranges.iter().any(|(other, _)| free.contains(&other.index)) {
            self.add(
                What::Above {
                    difference,
                    closed: true,
                },
                at,
            );
        }
    }

    /// An index lives in all ranges of its name together.
    fn claim_index(&mut self, range: &RowRange, at: Span, ranges: &[(RowRange, Span)]) {
        if self.indices.contains(&range.index) {
            return;
        }
        self.indices.push(range.index.clone());
        let same = |end: &dyn Fn(&RowRange) -> Expr| {
            ranges
                .iter()
                .filter(|(other, _)| other.index == range.index)
                .all(|(other, _)| end(other) == end(range))
        };
        let lower = if same(&|r| r.lower.clone()) {
            range.lower.clone()
        } else {
            -Expr::infinity()
        };
        let upper = if same(&|r| r.upper.clone()) {
            range.upper.clone()
        } else {
            Expr::infinity()
        };
        self.add(
            What::Member {
                subject: Expr::symbol(range.index.name()),
                domain: Domain::integers(lower, upper, Number::ONE),
                atoms: Vec::new(),
            },
            at,
        );
    }

    /// How a statement about a symbol names it: an entry of a known by its indexed name, a datum of rows inside of `for`.
    pub(super) fn statement_about(&self, symbol: &Symbol) -> (String, Symbol) {
        if self.entries.iter().any(|(entry, _)| entry == symbol) {
            return (String::new(), Symbol::new(base(symbol)));
        }
        let prefix = self.data.iter().find(|(datum, _)| datum == symbol);
        let prefix = prefix.map_or_else(String::new, |(_, prefix)| prefix.clone());
        (prefix, symbol.clone())
    }
}

/// No two statements over rows may name the same data.
fn same_data(drafts: &[Draft]) -> Result<(), Problem> {
    let mut seen: Vec<(String, Span)> = Vec::new();
    for draft in drafts {
        let Some(rows) = &draft.rows else { continue };
        for datum in &draft.data {
            let Some(inside) = datum.node.name().strip_suffix(']') else {
                continue;
            };
            let (name, indices) = inside.split_once('[').unwrap_or((inside, ""));
            let plain = |index: &str| {
                let varies = bartlett_expr::parse(index).is_ok_and(|index| {
                    rows.ranges.iter().any(|range| index.contains(&range.index))
                });
                if varies {
                    "*".to_owned()
                } else {
                    index.to_owned()
                }
            };
            let place: Vec<String> = indices.split(',').map(plain).collect();
            let key = format!("{name}[{}]", place.join(","));
            if let Some((_, first)) = seen.iter().find(|(other, _)| *other == key) {
                return Err(E::DeclaredTwice {
                    at: datum.span,
                    first: *first,
                    name: name.to_owned(),
                    first_role: "data of rows",
                    role: "data of other rows",
                }
                .into());
            }
            seen.push((key, datum.span));
        }
    }
    Ok(())
}
