//! Mistakes as people and cats make them.
//! In: models, random numbers. Out: a text. Never: a meaning.

use bartlett_tests::random::Random;

static NUMBERS: &[&str] = &[
    "0",
    "1",
    "-1",
    "2",
    "3",
    "1/3",
    "2.5",
    "0.1",
    "1e-3",
    "7",
    "100",
    "12345678901234567890",
    "1e30",
    "1e400",
    "0.5",
    "-2",
];
static OPERATORS: &[&str] = &[
    "+", "-", "*", "/", "^", "**", "<", ">", "<=", ">=", "=", "==", "~", "|", ";", ",", "(", ")",
    "[", "]", "{", "}", "!", " in ", " and ", "...", "..", "∝",
];
static NAMES: &[&str] = &[
    "x",
    "y",
    "mu",
    "sigma",
    "p",
    "n",
    "e",
    "pi",
    "inf",
    "real",
    "log",
    "exp",
    "sqrt",
    "gamma",
    "abs",
    "if",
    "sum",
    "prod",
    "known",
    "for",
    "truncate",
    "Normal",
    "Poisson",
    "Gamma",
    "Binomial",
    "θ",
    "λ",
    "i",
    "floor",
    "max",
    "besselk",
    "zeta",
    "digamma",
    "indicator",
    "to",
    "positive",
    "integer",
];
static NOISE: &[char] = &[
    ' ', '\n', '\t', '#', '$', '\\', '"', '\'', '_', '.', ',', '²', '√', 'é', '∞', '😀', '\u{0}',
    '\u{200b}', '½', '−', '·', '%', '&', '@', '`', 'Σ',
];

/// A model with one to three mistakes.
pub fn mutant(models: &[String], random: &mut Random) -> String {
    let mut text = random.one_of(models).clone();
    for _ in 0..=random.below(3) {
        text = match random.below(8) {
            0..=4 => by_token(&text, random),
            5 => by_character(&text, random),
            6 => {
                let other = random.one_of(models).clone();
                statement_swapped(&text, &other, random)
            }
            _ => number_changed(&text, random),
        };
    }
    text
}

fn kind(c: char) -> u8 {
    match c {
        c if c.is_alphabetic() || c == '_' => 0,
        c if c.is_ascii_digit() || c == '.' => 1,
        c if c.is_whitespace() => 2,
        _ => 3,
    }
}

/// Runs of letters, digits and spaces, and single other characters.
fn tokens(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut before = 9;
    for c in text.chars() {
        let now = kind(c);
        match parts.last_mut() {
            Some(last) if now == before && now != 3 => last.push(c),
            _ => parts.push(c.to_string()),
        }
        before = now;
    }
    parts
}

fn by_token(text: &str, random: &mut Random) -> String {
    let mut parts = tokens(text);
    if parts.is_empty() {
        return (*random.one_of(NAMES)).to_owned();
    }
    let at = random.below(parts.len());
    match random.below(6) {
        0 => {
            parts.remove(at);
        }
        1 => {
            let other = random.below(parts.len());
            parts.swap(at, other);
        }
        2 => parts.insert(at, parts[at].clone()),
        3 => parts[at] = (*random.one_of(OPERATORS)).to_owned(),
        4 => parts[at] = (*random.one_of(NAMES)).to_owned(),
        _ => {
            let words = match random.below(3) {
                0 => OPERATORS,
                1 => NAMES,
                _ => NUMBERS,
            };
            let word = *random.one_of(words);
            parts.insert(at, word.to_owned());
        }
    }
    parts.concat()
}

fn number_changed(text: &str, random: &mut Random) -> String {
    let mut parts = tokens(text);
    let numbers: Vec<usize> = (0..parts.len())
        .filter(|i| parts[*i].starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    if numbers.is_empty() {
        return by_token(text, random);
    }
    let at = *random.one_of(&numbers);
    parts[at] = (*random.one_of(NUMBERS)).to_owned();
    parts.concat()
}

fn by_character(text: &str, random: &mut Random) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let at = random.below(characters.len() + 1);
    match random.below(4) {
        0 => characters.insert(at, *random.one_of(NOISE)),
        1 if at < characters.len() => {
            characters.remove(at);
        }
        2 => characters.truncate(at),
        _ => characters.drain(..at.min(3)).for_each(drop),
    }
    characters.into_iter().collect()
}

/// One statement replaced by one of another model, or added.
fn statement_swapped(text: &str, other: &str, random: &mut Random) -> String {
    let mut mine: Vec<&str> = text.split([';', '\n']).collect();
    let theirs: Vec<&str> = other.split([';', '\n']).collect();
    let at = random.below(mine.len());
    let new = *random.one_of(&theirs);
    match random.below(3) {
        0 => mine[at] = new,
        1 => mine.insert(at, new),
        _ => {
            mine.remove(at);
        }
    }
    mine.join(";")
}
