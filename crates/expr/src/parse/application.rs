//! The grammar of names: symbols, constants, calls, arguments without parentheses, binders, `if`, `indicator`.
//! In: a `Cursor` at a name. Out: a `Node`. Never: a guess; a name that could be two things is refused with both readings.

use super::cursor::{
    BareApplication, Cursor, Parsed, Signature, Undeclared, mark, refuse, unexpected,
};
use super::grammar::{
    RESERVED, begins_factor, condition, expression, number_valued, required_condition, source_text,
};
use super::lexer::{Kind, Mark, Spelling};
use super::operand::{bracketed, close, nested, power};
use super::problems::SyntaxError as E;
use super::syntax::{BINDERS, Binder, Bound, CONSTANTS, Node, Syntax, binder_name};
use super::unicode::{FUNCTION_SPELLINGS, is_greek_name};
use crate::problem::{Span, did_you_mean};
use nom::Parser;

/// What a name is where it stands.
enum Role {
    Symbol,
    Function(Signature),
    Binder,
    If,
    Indicator,
}

#[inline(never)]
pub(super) fn name(input: Cursor<'_>) -> Parsed<'_, Node> {
    let Some((text, spelling)) = spelled(&input) else {
        return refuse(unexpected(&input, "a name"));
    };
    if RESERVED.contains(&text) {
        return refuse(E::ReservedWord {
            at: input.span(),
            word: input.text().to_owned(),
        });
    }
    match role(&input, text, spelling)? {
        Role::Symbol => symbol(input, text),
        Role::Function(signature) if input.skip().at(Mark::OpenParen) => {
            let (rest, node) = nested(input, call)?;
            if let Syntax::Call(_, arguments) = &node.kind {
                check_count(&input, signature, arguments.len(), false)?;
            }
            Ok((rest, node))
        }
        Role::Function(signature) => {
            check_count(&input, signature, 1, true)?;
            nested(input, bare)
        }
        Role::Binder => nested(input, bound),
        Role::If => nested(input, conditional),
        Role::Indicator => nested(input, indicator),
    }
}

fn spelled<'a>(input: &Cursor<'a>) -> Option<(&'a str, Spelling)> {
    match &input.first()?.kind {
        Kind::Name(name, spelling) => Some((name, *spelling)),
        _ => None,
    }
}

fn function(input: &Cursor<'_>, text: &str) -> Option<Signature> {
    let functions = input.context.scope.functions();
    functions.find(text).or_else(|| {
        let row = FUNCTION_SPELLINGS.iter().find(|row| row.0 == text)?;
        functions.find(row.1)
    })
}

fn binder(text: &str) -> Option<Binder> {
    let text = FUNCTION_SPELLINGS
        .iter()
        .find(|row| row.0 == text)
        .map_or(text, |row| row.1);
    BINDERS.iter().find(|row| row.0 == text).map(|row| row.1)
}

/// Decides what the name at the cursor is. A declared name is a symbol, whatever else it could be.
fn role(
    input: &Cursor<'_>,
    text: &str,
    spelling: Spelling,
) -> Result<Role, nom::Err<Box<crate::Problem>>> {
    let after = input.skip();
    if input.context.declares(text) || after.at(Mark::OpenBracket) {
        return Ok(Role::Symbol);
    }
    let called = after.at(Mark::OpenParen);
    // A letter of the Greek alphabet is a function only before a parenthesis; `γ` never is, `Γ` always.
    if is_greek_name(text) {
        if spelling == Spelling::Greek && text == "gamma" {
            return Ok(Role::Symbol);
        }
        if called {
            return Ok(match (function(input, text), binder(text)) {
                (Some(signature), _) => Role::Function(signature),
                (None, Some(_)) => Role::Binder,
                (None, None) => Role::Symbol,
            });
        }
        let takes_one =
            function(input, text).filter(|signature| signature.least <= 1 && begins_factor(&after));
        return match (takes_one, spelling) {
            (Some(signature), Spelling::Greek) if text == "Gamma" => Ok(Role::Function(signature)),
            (Some(_), Spelling::Word)
                if text.starts_with(|c: char| c.is_ascii_lowercase()) || text == "Phi" =>
            {
                let next = after.text().to_owned();
                refuse(E::FunctionOrProduct {
                    at: input.span(),
                    name: text.to_owned(),
                    next,
                })
            }
            _ => Ok(Role::Symbol),
        };
    }
    let special = match text {
        "if" => Some(Role::If),
        "indicator" => Some(Role::Indicator),
        _ => binder(text).map(|_| Role::Binder),
    };
    let without = || {
        refuse(E::FunctionWithoutArgument {
            at: input.span(),
            name: text.to_owned(),
        })
    };
    if let Some(special) = special {
        return if called { Ok(special) } else { without() };
    }
    if let Some(signature) = function(input, text) {
        return match after.first().map(|token| &token.kind) {
            _ if called => Ok(Role::Function(signature)),
            Some(Kind::Superscript { .. } | Kind::Mark(Mark::Caret)) => refuse(E::FunctionPower {
                at: input.span().to(after.span()),
                name: text.to_owned(),
            }),
            Some(Kind::Mark(Mark::Bar)) if !input.context.inside_bars.get() => {
                Ok(Role::Function(signature))
            }
            _ if begins_factor(&after) => Ok(Role::Function(signature)),
            _ => without(),
        };
    }
    if called && !CONSTANTS.iter().any(|row| row.0 == text) {
        product_is_clear(input, text)?;
    }
    Ok(Role::Symbol)
}

/// Refuses `lgama(x)` and `f(a, b)`: a name before a parenthesis that can hardly be meant as a factor.
fn product_is_clear(input: &Cursor<'_>, text: &str) -> Result<(), nom::Err<Box<crate::Problem>>> {
    let after = input.skip();
    let adjacent = after.span().start == input.span().end;
    let names = input.context.scope.functions().names();
    let known = names
        .into_iter()
        .chain(BINDERS.iter().map(|row| row.0))
        .chain(["if", "indicator"]);
    let suggestions: Vec<String> = if text.len() > 2 {
        did_you_mean(text, known)
            .into_iter()
            .map(str::to_owned)
            .collect()
    } else {
        Vec::new()
    };
    let unknown = input.context.undeclared() == Undeclared::Unknown;
    if has_comma(&after) || (adjacent && (unknown || !suggestions.is_empty())) {
        return refuse(E::UnknownFunction {
            at: input.span(),
            name: input.text().to_owned(),
            suggestions,
        });
    }
    Ok(())
}

/// Does the parenthesis at the cursor hold a comma of its own?
fn has_comma(input: &Cursor<'_>) -> bool {
    let mut depth = 0_usize;
    for token in input.tokens() {
        match token.mark() {
            Some(Mark::OpenParen | Mark::OpenBracket | Mark::OpenBrace) => depth += 1,
            Some(Mark::CloseParen | Mark::CloseBracket | Mark::CloseBrace) => {
                depth = depth.saturating_sub(1)
            }
            Some(Mark::Comma) if depth == 1 => return true,
            _ => {}
        }
        if depth == 0 {
            return false;
        }
    }
    false
}

fn symbol<'a>(input: Cursor<'a>, text: &str) -> Parsed<'a, Node> {
    let after = input.skip();
    if after.at(Mark::OpenBracket) && after.span().start == input.span().end {
        return nested(input, indexed);
    }
    let constant = CONSTANTS
        .iter()
        .find(|row| row.0 == text && !input.context.declares(text));
    let kind = constant.map_or_else(
        || Syntax::Symbol(text.into()),
        |row| Syntax::Constant(row.1),
    );
    Ok((
        after,
        Node {
            kind,
            span: input.span(),
        },
    ))
}

fn indexed(input: Cursor<'_>) -> Parsed<'_, Node> {
    let text = input.word().unwrap_or_default();
    let after = input.skip();
    if after.skip().at(Mark::CloseBracket) {
        return refuse(E::EmptyIndex {
            at: after.span().to(after.skip().span()),
            name: text.to_owned(),
        });
    }
    let (rest, indices) = bracketed(after, Mark::CloseBracket, "]", expression)?;
    Ok((
        rest,
        Node {
            kind: Syntax::Indexed(text.into(), indices),
            span: Span::new(input.span().start, rest.behind()),
        },
    ))
}

fn check_count(
    input: &Cursor<'_>,
    signature: Signature,
    found: usize,
    bare: bool,
) -> Result<(), nom::Err<Box<crate::Problem>>> {
    if (signature.least..=signature.most).contains(&found) {
        return Ok(());
    }
    let plural = |n: usize| {
        if n == 1 {
            "1 argument".to_owned()
        } else {
            format!("{n} arguments")
        }
    };
    let expected = match (signature.least, signature.most) {
        (least, most) if least == most => plural(least),
        (least, usize::MAX) => format!("at least {}", plural(least)),
        (least, most) => format!("{least} to {}", plural(most)),
    };
    refuse(E::WrongArgumentCount {
        at: input.span(),
        name: input.text().to_owned(),
        expected,
        found,
        bare,
    })
}

/// `f(a, b)`
fn call(input: Cursor<'_>) -> Parsed<'_, Node> {
    let signature = input.word().and_then(|text| function(&input, text));
    let Some(signature) = signature else {
        return refuse(unexpected(&input, "a function"));
    };
    let open = input.skip();
    if open.skip().at(Mark::CloseParen) {
        check_count(&input, signature, 0, false)?;
        let span = input.span().to(open.skip().span());
        return Ok((
            open.skip().skip(),
            Node {
                kind: Syntax::Call(signature.name, Vec::new()),
                span,
            },
        ));
    }
    let (rest, arguments) = bracketed(open, Mark::CloseParen, ")", expression)?;
    Ok((
        rest,
        Node {
            kind: Syntax::Call(signature.name, arguments),
            span: Span::new(input.span().start, rest.behind()),
        },
    ))
}

/// `f x`: the next factor with its power and factorial. `f |x|` is delimited, so a factor may follow it.
fn bare(input: Cursor<'_>) -> Parsed<'_, Node> {
    let signature = input.word().and_then(|text| function(&input, text));
    let Some(signature) = signature else {
        return refuse(unexpected(&input, "a function"));
    };
    let delimited = input.skip().at(Mark::Bar);
    let (rest, argument) = power(input.skip())?;
    number_valued(&input, &argument)?;
    if !delimited {
        let argument = Span::new(argument.span.start, rest.behind());
        input.context.bare.set(Some(BareApplication {
            function: input.span(),
            argument,
        }));
    }
    let span = input.span().to(argument.span);
    Ok((
        rest,
        Node {
            kind: Syntax::Call(signature.name, vec![argument]),
            span,
        },
    ))
}

/// `indicator(condition)`
fn indicator(input: Cursor<'_>) -> Parsed<'_, Node> {
    let open = input.skip().span();
    let bars = input.context.inside_bars.replace(false);
    let (rest, inner) = required_condition(input.skip().skip())?;
    input.context.inside_bars.set(bars);
    if rest.at(Mark::Comma) {
        return refuse(E::WrongArgumentCount {
            at: input.span(),
            name: "indicator".into(),
            expected: "1 condition".into(),
            found: 2,
            bare: false,
        });
    }
    let rest = close(rest, Mark::CloseParen, ")", open)?;
    Ok((
        rest,
        Node {
            kind: Syntax::Indicator(Box::new(inner)),
            span: Span::new(input.span().start, rest.behind()),
        },
    ))
}

/// `if(condition, then, otherwise)`
fn conditional(input: Cursor<'_>) -> Parsed<'_, Node> {
    let open = input.skip().span();
    let bars = input.context.inside_bars.replace(false);
    let (rest, first) = required_condition(input.skip().skip())?;
    let (rest, more) =
        nom::multi::many0((mark(Mark::Comma), expression).map(|pair| pair.1)).parse(rest)?;
    input.context.inside_bars.set(bars);
    let rest = close(rest, Mark::CloseParen, ")", open)?;
    let found = more.len() + 1;
    let Ok([then, otherwise]) = <[Node; 2]>::try_from(more) else {
        let expected = "a condition and 2 expressions".to_owned();
        return refuse(E::WrongArgumentCount {
            at: input.span(),
            name: "if".into(),
            expected,
            found,
            bare: false,
        });
    };
    Ok((
        rest,
        Node {
            kind: Syntax::If(Box::new([first, then, otherwise])),
            span: Span::new(input.span().start, rest.behind()),
        },
    ))
}

/// `sum(k, lower, upper, body)`
fn bound(input: Cursor<'_>) -> Parsed<'_, Node> {
    let text = input.word().unwrap_or_default();
    let kind = binder(text).unwrap_or(Binder::Sum);
    let called = binder_name(kind);
    let open = input.skip();
    let at = open.skip();
    let variable = match spelled(&at) {
        Some((variable, _)) if at.skip().at(Mark::Comma) => variable,
        Some(_) if at.skip().at(Mark::CloseParen) => {
            return refuse(E::BinderArguments {
                at: input.span(),
                name: called,
            });
        }
        _ => {
            let (_, found) = condition(at)?;
            return refuse(E::BadBinder {
                at: found.span,
                name: called,
                found: source_text(input.context, found.span),
            });
        }
    };
    let constant = CONSTANTS.iter().any(|row| row.0 == variable) && variable != "e";
    if constant || RESERVED.contains(&variable) {
        return refuse(E::ReservedBinder {
            at: at.span(),
            name: called,
            word: variable.to_owned(),
        });
    }
    let bars = input.context.inside_bars.replace(false);
    let wrong = |rest: &Cursor<'_>| E::BinderArguments {
        at: rest.span(),
        name: called,
    };
    let comma = |rest: Cursor<'_>| rest.at(Mark::Comma);
    let (rest, lower) = expression(at.skip().skip())?;
    if !comma(rest) {
        return refuse(wrong(&rest));
    }
    let (rest, upper) = expression(rest.skip())?;
    if !comma(rest) {
        return refuse(wrong(&rest));
    }
    input.context.open_local(variable);
    let (rest, body) = expression(rest.skip())?;
    input.context.close_local();
    input.context.inside_bars.set(bars);
    if comma(rest) {
        return refuse(wrong(&rest));
    }
    let rest = close(rest, Mark::CloseParen, ")", open.span())?;
    let bound = Bound {
        variable: variable.into(),
        variable_span: at.span(),
        lower,
        upper,
        body,
    };
    Ok((
        rest,
        Node {
            kind: Syntax::Bound(kind, Box::new(bound)),
            span: Span::new(input.span().start, rest.behind()),
        },
    ))
}
