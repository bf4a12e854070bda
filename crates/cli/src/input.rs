//! Where a model comes from: the command line, a file, standard input.
//! In: `ModelInput`. Out: `Source`s, one a model. Never: the meaning of the text, but for the line `---` between models.

use crate::arguments::ModelInput;
use std::io::{self, Read};
use std::path::Path;

/// The largest input that is read, in bytes.
const LARGEST: u64 = 16 << 20;

/// The text of one model and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file, if it is one; `<stdin>` for standard input.
    pub name: Option<String>,
    /// The text.
    pub text: String,
    /// The number of its first line in the file.
    pub first_line: usize,
}

/// Reads the models, at least one.
///
/// # Errors
/// A sentence, where a file cannot be read.
pub fn sources(input: &ModelInput) -> Result<Vec<Source>, String> {
    let (name, text) = match (&input.file, input.model.as_deref()) {
        (Some(path), _) if path != Path::new("-") => {
            (Some(path.display().to_string()), read_file(path)?)
        }
        (Some(_), _) | (None, Some("-")) => (
            Some("<stdin>".to_owned()),
            read("standard input", io::stdin().lock())?,
        ),
        (None, Some(text)) => (None, text.to_owned()),
        (None, None) => return Err("no model was given".to_owned()),
    };
    Ok(split(name.as_deref(), &text))
}

/// The models of a text: what stands between lines `---`. Blank parts beside others are no models.
fn split(name: Option<&str>, text: &str) -> Vec<Source> {
    let (mut sources, mut start, mut line, mut first_line) = (Vec::new(), 0, 1, 1);
    let mut at = 0;
    let mut push = |start: usize, end: usize, first_line: usize| {
        sources.push(Source {
            name: name.map(str::to_owned),
            text: text[start..end].trim_end_matches(['\n', '\r']).to_owned(),
            first_line,
        });
    };
    for piece in text.split_inclusive('\n') {
        if piece.trim_end() == "---" {
            push(start, at, first_line);
            start = at + piece.len();
            first_line = line + 1;
        }
        at += piece.len();
        line += 1;
    }
    push(start, text.len(), first_line);
    if sources.len() > 1 && sources.iter().any(|source| !source.text.trim().is_empty()) {
        sources.retain(|source| !source.text.trim().is_empty());
    }
    sources
}

fn read_file(path: &Path) -> Result<String, String> {
    let shown = path.display().to_string();
    let file =
        std::fs::File::open(path).map_err(|error| format!("`{shown}` cannot be read: {error}"))?;
    read(&format!("`{shown}`"), file)
}

fn read(what: &str, from: impl Read) -> Result<String, String> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("{what} cannot be read: {error}"))?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!(
            "{what} is larger than {} MiB, too large for a model",
            LARGEST >> 20
        ));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        format!(
            "{what} is not UTF-8 text (byte {} is not)",
            error.utf8_error().valid_up_to()
        )
    })?;
    Ok(text
        .strip_prefix('\u{feff}')
        .map_or(text.clone(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_stand_between_lines_of_three_hyphens() {
        let parts = split(Some("f"), "a\nb\n---\n\nc\n--- \n");
        let found: Vec<(&str, usize)> = parts
            .iter()
            .map(|p| (p.text.as_str(), p.first_line))
            .collect();
        assert_eq!(found, [("a\nb", 1), ("\nc", 4)]);
        assert_eq!(split(None, "").len(), 1);
        assert_eq!(split(None, "a --- b").len(), 1);
    }
}
