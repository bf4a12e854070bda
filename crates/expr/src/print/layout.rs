//! Layout: where a long line breaks, and matrices as aligned rows.
//! In: one line, or entries, and a width in columns. Out: text of several lines. Never: mathematics.

use pretty::RcDoc;

/// Brackets deeper than this are not broken.
const DEEPEST: usize = 64;

/// Breaks one line of any format after commas and before ` + `, ` - `, ` − `, outer brackets first (Wadler's layout).
#[must_use]
pub fn wrapped(line: &str, width: usize) -> String {
    let letters: Vec<char> = line.chars().collect();
    let (doc, _) = bracket(&letters, 0, 0);
    doc.pretty(width).to_string()
}

/// The document of what stands inside one pair of brackets, and where it ends.
fn bracket(letters: &[char], mut at: usize, depth: usize) -> (RcDoc<'static, ()>, usize) {
    let mut doc = RcDoc::nil();
    let mut plain = String::new();
    while at < letters.len() {
        let c = letters[at];
        if matches!(c, ')' | ']' | '}') && depth > 0 {
            break;
        }
        let operator = c == ' '
            && matches!(letters.get(at + 1), Some('+' | '-' | '−'))
            && letters.get(at + 2) == Some(&' ');
        if matches!(c, '(' | '[' | '{') && depth < DEEPEST {
            plain.push(c);
            let (inner, end) = bracket(letters, at + 1, depth + 1);
            doc = doc.append(RcDoc::text(std::mem::take(&mut plain)));
            doc = doc.append(
                RcDoc::line_()
                    .append(inner)
                    .nest(2)
                    .append(RcDoc::line_())
                    .group(),
            );
            at = end;
            continue;
        }
        if operator || (c == ' ' && at > 0 && letters[at - 1] == ',') {
            doc = doc
                .append(RcDoc::text(std::mem::take(&mut plain)))
                .append(RcDoc::line());
        } else {
            plain.push(c);
        }
        at += 1;
    }
    (doc.append(RcDoc::text(plain)).group(), at)
}

/// Written entries as aligned rows in tall brackets; where that is wider than `width`, an entry a line with its place.
#[must_use]
pub fn matrix_of_entries(rows: &[Vec<String>], width: usize) -> String {
    let long = |text: &String| text.chars().count();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|j| {
            rows.iter()
                .filter_map(|row| row.get(j))
                .map(long)
                .max()
                .unwrap_or(0)
        })
        .collect();
    let total: usize = widths.iter().map(|w| w + 2).sum::<usize>() + 2;
    if total <= width {
        let lines: Vec<String> = rows
            .iter()
            .enumerate()
            .map(|(i, row)| {
                let cells: Vec<String> = widths
                    .iter()
                    .enumerate()
                    .map(|(j, w)| {
                        let cell = row.get(j).map_or("", String::as_str);
                        let missing = w - cell.chars().count();
                        format!(
                            "{}{cell}{}",
                            " ".repeat(missing / 2),
                            " ".repeat(missing - missing / 2)
                        )
                    })
                    .collect();
                let (open, close) = match (i, rows.len()) {
                    (_, 1) => ('[', ']'),
                    (0, _) => ('⎡', '⎤'),
                    (i, n) if i + 1 == n => ('⎣', '⎦'),
                    _ => ('⎢', '⎥'),
                };
                format!("{open} {} {close}", cells.join("  "))
            })
            .collect();
        return lines.join("\n");
    }
    let mut lines = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        for (j, entry) in row.iter().enumerate() {
            let head = format!("[{}, {}] = ", i + 1, j + 1);
            let indent = " ".repeat(4);
            let body = wrapped(entry, width.saturating_sub(head.chars().count()).max(20));
            lines.push(format!(
                "{head}{}",
                body.replace('\n', &format!("\n{indent}"))
            ));
        }
    }
    lines.join("\n")
}
