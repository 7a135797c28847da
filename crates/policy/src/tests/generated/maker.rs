//! Rules made of the grammar.

use super::grammar::{Kind, SHARED, STATEMENTS};
use super::random::Random;

/// Expressions inside of expressions.
const DEEPEST: usize = 2;

/// Makes the text of one policy.
pub(super) struct Maker {
    random: Random,
    /// Local variables that have a value where the text has got to.
    variables: Vec<(Kind, String)>,
    names: usize,
}

impl Maker {
    pub(super) fn new(seed: u64) -> Maker {
        Maker { random: Random::new(seed), variables: Vec::new(), names: 0 }
    }

    /// A policy with rules `deny_0` and on; in version 0 of the language or 1.
    pub(super) fn policy(&mut self, rules: usize, is_v0: bool) -> String {
        let mut text = "package main\n".to_owned();
        if is_v0 {
            text += "import future.keywords.in\nimport future.keywords.every\nimport future.keywords.if\nimport future.keywords.contains\n";
        }
        for rule in SHARED {
            text += &format!("{rule}\n");
        }
        for number in 0..rules {
            text += &self.rule(&format!("deny_{number}"), is_v0);
        }
        text
    }

    fn rule(&mut self, name: &str, is_v0: bool) -> String {
        self.variables.clear();
        let form = self.random.below(if is_v0 { 15 } else { 12 });
        match form {
            0..=2 => {
                let (body, value) = self.body_and(Kind::Value);
                format!("{name} contains {value} if {{\n{body}}}\n")
            }
            3 => {
                let (body, value) = self.body_and(Kind::Value);
                let other = self.fresh(Kind::Value);
                let (second, third) = self.body_and(Kind::Value);
                format!("{name} := {value} if {{\n{body}}} else := {other}\n{name}_b := {third} if {{\n{second}}}\n")
            }
            4 => {
                let (body, value) = self.body_and(Kind::Value);
                let (second, other) = self.body_and(Kind::Value);
                format!(
                    "default {name} := \"none\"\n{name} := {value} if {{\n{body}}}\n{name} := {other} if {{\n{second}}}\n"
                )
            }
            5 => {
                let (body, value) = self.body_and(Kind::Value);
                let key = self.expression(Kind::Text, 1);
                format!("{name}[{key}] := {value} if {{\n{body}}}\n")
            }
            6 => {
                let value = self.fresh(Kind::Value);
                let (body, other) = self.body_and(Kind::Value);
                format!(
                    "{name} := f_{name}({value})\nf_{name}(x) := {other} if {{\nx != 3\n{body}}}\nf_{name}(x) := x if is_number(x)\n"
                )
            }
            7 => {
                let (body, value) = self.body_and(Kind::Value);
                let (second, _) = self.body_and(Kind::Value);
                format!("{name} := {value} if {{\n{body}}} else := 2 if {{\n{second}}} else := 3 if input.no\n")
            }
            8 => format!("{name} := {}\n", self.fresh(Kind::Value)),
            9 => {
                let (body, _) = self.body_and(Kind::Truth);
                format!("{name} if {{\n{body}}}\n")
            }
            10 => {
                let (body, value) = self.body_and(Kind::Value);
                let (second, _) = self.body_and(Kind::Value);
                let (first, last, other) = (self.fresh(Kind::List), self.fresh(Kind::Object), self.fresh(Kind::Value));
                format!(
                    "{name} := [{value}, {first}[_]] if {{\n{body}}} else := {last}[_] if {{\n{second}}} else := [{other}, {last}][_]\n"
                )
            }
            11 => {
                let (body, value) = self.body_and(Kind::Value);
                let (list, other) = (self.fresh(Kind::List), self.fresh(Kind::Truth));
                let second = self.fresh(Kind::Truth);
                format!(
                    "{name} := f_{name}({value}) if {{\n{body}}}\nf_{name}(x) := {list}[_] if {{\n{other}}} else := x in {list} if {second} else := x\n"
                )
            }
            12 => {
                let (body, value) = self.body_and(Kind::Value);
                format!("{name}[{value}] {{\n{body}}}\n")
            }
            13 => {
                let (body, _) = self.body_and(Kind::Value);
                let (second, _) = self.body_and(Kind::Value);
                let value = self.random.one_of(&["= 1 ", "= \"a\" ", "", "= {\"a\": 1} ", "= input.n "]);
                format!("{name} {value}{{\n{body}}} {{\n{second}}}\n")
            }
            _ => {
                let (body, value) = self.body_and(Kind::Value);
                let (second, other) = self.body_and(Kind::Value);
                format!("{name} = x {{\n{body}x := {value}\n}} {{\n{second}x := {other}\n}}\n")
            }
        }
    }

    /// A body of statements, and an expression that may use what they made.
    fn body_and(&mut self, kind: Kind) -> (String, String) {
        self.variables.clear();
        let mut body = String::new();
        for _ in 0..=self.random.below(3) {
            let statement = self.random.one_of(STATEMENTS);
            let (text, made) = self.filled(statement, DEEPEST);
            body += &format!("\t{text}\n");
            if statement.starts_with("some ") {
                made.iter().for_each(|(_, name)| body += &format!("\t{name} == {name}\n"));
            }
            self.variables.extend(made);
        }
        let value = self.expression(kind, DEEPEST);
        (body, value)
    }

    /// An expression that no variable is in.
    fn fresh(&mut self, kind: Kind) -> String {
        self.variables.clear();
        self.expression(kind, DEEPEST)
    }

    fn expression(&mut self, kind: Kind, depth: usize) -> String {
        let own: Vec<String> = self
            .variables
            .iter()
            .filter(|(of, _)| *of == kind || kind == Kind::Value)
            .map(|(_, name)| name.clone())
            .collect();
        if !own.is_empty() && self.random.below(10) < 6 {
            return own[self.random.below(own.len())].clone();
        }
        if depth == 0 || self.random.once_in(4) {
            if kind == Kind::Value && !self.random.once_in(3) {
                let kinds = [Kind::Number, Kind::Text, Kind::Truth, Kind::List, Kind::Object];
                let kind = kinds[self.random.below(kinds.len())];
                return self.random.one_of(kind.leaves()).to_owned();
            }
            return self.random.one_of(kind.leaves()).to_owned();
        }
        let form = self.random.one_of(kind.forms());
        let (text, _) = self.filled(form, depth - 1);
        if matches!(form.as_bytes(), [_, _, b' ', ..]) && form.starts_with('$') { format!("({text})") } else { text }
    }

    /// A form of the grammar with its gaps filled, and the variables it makes.
    fn filled(&mut self, form: &str, depth: usize) -> (String, Vec<(Kind, String)>) {
        let mut made: Vec<(Kind, String)> = Vec::new();
        let bytes = form.as_bytes();
        let gap =
            |at: usize| Some((bytes[at], Kind::of(*bytes.get(at + 1)?)?)).filter(|(sign, _)| b"$@%".contains(sign));
        // The same letter twice in one form is two variables, but for comprehensions, which say what they look up.
        let is_one = |form: &str| form.starts_with(['[', '{']) && form.contains(" | ");
        for at in 0..bytes.len() {
            if let Some((b'@', kind)) = gap(at) {
                if is_one(form) && made.iter().any(|(of, _)| *of == kind) {
                    continue;
                }
                made.push((kind, format!("v{}", self.names)));
                self.names += 1;
            }
        }
        let mut text = String::new();
        let (mut at, mut used) = (0, 0);
        while at < form.len() {
            let Some((sign, kind)) = gap(at) else {
                let character = form[at..].chars().next().expect("not at the end");
                text.push(character);
                at += character.len_utf8();
                continue;
            };
            match sign {
                b'@' if is_one(form) || form.starts_with("every") => {
                    let own = made.iter().find(|(of, _)| *of == kind).expect("made above");
                    text += &own.1;
                }
                b'@' => {
                    text += &made[used].1;
                    used += 1;
                }
                b'%' => {
                    let before = self.variables.len();
                    self.variables.extend(made.iter().cloned());
                    text += &self.expression(kind, depth);
                    self.variables.truncate(before);
                }
                _ => text += &self.expression(kind, depth),
            }
            at += 2;
        }
        // OPA refuses what is declared and not used.
        if form.contains("some ") || form.starts_with("every") {
            made.retain(|(_, name)| {
                let is_used = used_in(&text, name) > 1
                    || !(is_one(form) || form.starts_with("every") || form.starts_with("count("));
                if !is_used {
                    text = text.replace(&format!("{name} "), "_ ").replace(&format!("{name},"), "_,");
                }
                is_used
            });
        }
        // What a comprehension or `every` makes is theirs alone.
        let is_inner = is_one(form) || form.starts_with("every") || form.starts_with("count(");
        (text, if is_inner { Vec::new() } else { made })
    }
}

/// How often a name stands in a text.
fn used_in(text: &str, name: &str) -> usize {
    text.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| *word == name).count()
}
