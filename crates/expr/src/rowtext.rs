//! Formulas of rows (to be replaced by the public parser).
use crate::expr::{Binder, Constant, Expr, Relation};
use crate::functions::FunctionRef;
use crate::{Number, Symbol};
struct P<'a> {
    s: &'a [u8],
    i: usize,
}
/// The expression of a formula in a row of a table. Panics on a formula that does not parse: rows are part of the program.
#[must_use]
pub fn formula(text: &str) -> Expr {
    row(text)
}
pub(crate) fn row(text: &str) -> Expr {
    let t: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut p = P {
        s: t.as_bytes(),
        i: 0,
    };
    let e = p.sum();
    assert!(p.i == p.s.len(), "{text} at {}", p.i);
    e
}
impl P<'_> {
    fn eat(&mut self, c: u8) -> bool {
        if self.s.get(self.i) == Some(&c) {
            self.i += 1;
            true
        } else {
            false
        }
    }
    fn sum(&mut self) -> Expr {
        let mut e = if self.eat(b'-') {
            -self.term()
        } else {
            self.term()
        };
        loop {
            if self.eat(b'+') {
                e = e + self.term()
            } else if self.eat(b'-') {
                e = e - self.term()
            } else {
                return e;
            }
        }
    }
    fn term(&mut self) -> Expr {
        let mut e = self.unary();
        loop {
            if self.eat(b'*') {
                e = e * self.unary()
            } else if self.eat(b'/') {
                e = e / self.unary()
            } else {
                return e;
            }
        }
    }
    fn unary(&mut self) -> Expr {
        if self.eat(b'-') {
            return -self.unary();
        }
        let b = self.atom();
        if self.eat(b'^') {
            let x = self.unary();
            b.power(&x)
        } else {
            b
        }
    }
    fn args(&mut self) -> Vec<Expr> {
        let mut v = vec![self.sum()];
        while self.eat(b',') {
            v.push(self.sum())
        }
        assert!(self.eat(b')'));
        v
    }
    fn cond(&mut self) -> Expr {
        let a = self.sum();
        if self.eat(b'<') {
            let r = if self.eat(b'=') {
                Relation::LessEqual
            } else {
                Relation::Less
            };
            Expr::compare(r, a, self.sum())
        } else {
            assert!(self.eat(b'>'));
            let r = if self.eat(b'=') {
                Relation::LessEqual
            } else {
                Relation::Less
            };
            let b = self.sum();
            Expr::compare(r, b, a)
        }
    }
    fn atom(&mut self) -> Expr {
        if self.eat(b'(') {
            let e = self.sum();
            assert!(self.eat(b')'));
            return e;
        }
        let st = self.i;
        while self.i < self.s.len()
            && (self.s[self.i].is_ascii_alphanumeric()
                || self.s[self.i] == b'_'
                || self.s[self.i] == b'.')
        {
            self.i += 1
        }
        let w = std::str::from_utf8(&self.s[st..self.i])
            .expect("ascii")
            .to_owned();
        if w.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            return Number::parse_decimal(&w).expect("number").into();
        }
        if self.eat(b'(') {
            if w == "if" {
                let c = self.cond();
                assert!(self.eat(b','));
                let a = self.sum();
                assert!(self.eat(b','));
                let b = self.sum();
                assert!(self.eat(b')'));
                return Expr::cases(c, a, b);
            }
            let a = self.args();
            if w == "sum" || w == "integral" {
                return Expr::bound(
                    if w == "sum" {
                        Binder::Sum
                    } else {
                        Binder::Integral
                    },
                    a[0].as_symbol()
                        .cloned()
                        .unwrap_or_else(|| Symbol::new("k")),
                    a[1].clone(),
                    a[2].clone(),
                    a[3].clone(),
                );
            }
            let f = FunctionRef::find(&w, a.len()).unwrap_or_else(|| panic!("function {w}"));
            return Expr::call(f, a);
        }
        match w.as_str() {
            "pi" => Expr::pi(),
            "e" => Expr::constant(Constant::E),
            "inf" => Expr::infinity(),
            "EulerGamma" => Expr::constant(Constant::EulerGamma),
            "" => panic!("{:?} at {}", std::str::from_utf8(self.s), self.i),
            _ => Expr::symbol(&w),
        }
    }
}
