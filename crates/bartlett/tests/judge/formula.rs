//! Formulas for the tests of the judge, read by the least of grammars.
//! In: text. Out: `Expr`. Never: part of the program.

use bartlett_expr::{Expr, Number, Relation};

/// Reads a formula; a symbol is whatever is no number and no call.
pub fn formula(text: &str) -> Expr {
    let characters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut reader = Reader { characters, at: 0 };
    let e = reader.condition();
    assert_eq!(
        reader.at,
        reader.characters.len(),
        "not read to its end: {text}"
    );
    e
}

struct Reader {
    characters: Vec<char>,
    at: usize,
}

impl Reader {
    fn eat(&mut self, text: &str) -> bool {
        let wanted: Vec<char> = text.chars().collect();
        let found = self.characters[self.at..].starts_with(&wanted);
        self.at += if found { wanted.len() } else { 0 };
        found
    }

    fn condition(&mut self) -> Expr {
        let left = self.sum();
        for (sign, relation) in [
            ("==", Relation::Equal),
            ("<=", Relation::LessEqual),
            ("<", Relation::Less),
        ] {
            if self.eat(sign) {
                return Expr::compare(relation, left, self.sum());
            }
        }
        left
    }

    fn sum(&mut self) -> Expr {
        let mut e = if self.eat("-") {
            -self.product()
        } else {
            self.product()
        };
        loop {
            if self.eat("+") {
                e = e + self.product();
            } else if self.eat("-") {
                e = e - self.product();
            } else {
                return e;
            }
        }
    }

    fn product(&mut self) -> Expr {
        let mut e = self.power();
        loop {
            if self.eat("*") {
                e = e * self.power();
            } else if self.eat("/") {
                e = e / self.power();
            } else {
                return e;
            }
        }
    }

    fn power(&mut self) -> Expr {
        let base = self.atom();
        if !self.eat("^") {
            return base;
        }
        let exponent = if self.eat("-") {
            -self.power()
        } else {
            self.power()
        };
        base.power(&exponent)
    }

    fn atom(&mut self) -> Expr {
        if self.eat("(") {
            let e = self.sum();
            assert!(self.eat(")"));
            return e;
        }
        let from = self.at;
        let word = |c: &char| c.is_alphanumeric() || *c == '.' || *c == '_';
        while self.characters.get(self.at).is_some_and(word) {
            self.at += 1;
        }
        let name: String = self.characters[from..self.at].iter().collect();
        assert!(!name.is_empty(), "a name or a number at {from}");
        if let Some(n) = Number::parse_decimal(&name) {
            return Expr::number(n);
        }
        if !self.eat("(") {
            return match name.as_str() {
                "pi" => Expr::pi(),
                "inf" => Expr::infinity(),
                _ => Expr::symbol(&name),
            };
        }
        let mut arguments = vec![self.condition()];
        while self.eat(",") {
            arguments.push(self.condition());
        }
        assert!(self.eat(")"));
        match (name.as_str(), &arguments[..]) {
            ("exp", [x]) => x.exp(),
            ("sqrt", [x]) => x.sqrt(),
            ("if", [c, a, b]) => Expr::cases(c.clone(), a.clone(), b.clone()),
            _ => Expr::function(&name, arguments),
        }
    }
}
