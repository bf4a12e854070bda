//! A line of the session as words, quoted as in a shell.
//! In: a line. Out: words. Never: an expansion of anything.

/// Words between blanks; `'…'` and `"…"` hold blanks.
///
/// # Errors
/// A sentence, where a quote is not closed.
pub fn words(line: &str) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    for letter in line.chars() {
        match quote {
            Some(open) if letter == open => quote = None,
            Some(_) => word.get_or_insert_default().push(letter),
            // a quote inside a word is a prime
            None if (letter == '\'' || letter == '"')
                && word.as_ref().is_none_or(|w| w.ends_with('=')) =>
            {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            None if letter.is_whitespace() => found.extend(word.take()),
            None => word.get_or_insert_default().push(letter),
        }
    }
    if let Some(open) = quote {
        return Err(format!("the quote {open} is not closed"));
    }
    found.extend(word);
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn quotes_hold_blanks() {
        let of = |line| words(line).expect("quotes are closed");
        assert_eq!(
            of("crb --of 'sigma^2; mu' "),
            ["crb", "--of", "sigma^2; mu"]
        );
        assert_eq!(of("crb --of='a b' --n n"), ["crb", "--of=a b", "--n", "n"]);
        assert_eq!(of("  "), Vec::<String>::new());
        assert!(words("crb 'a").is_err());
    }
}
