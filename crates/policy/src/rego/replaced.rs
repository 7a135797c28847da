//! `x := port with input.b as given`, where `given` reads `input.b` itself: OPA asks for what is put in place before it is there, the engine
//! when it is, and finds nothing. So it gets a name in a statement of its own, on the same line: `__with_0 := given; x := port with …`.

use regorus::unstable::{Expr, LiteralStmt};

use super::edit::{Edit, applied, before_statement, on_one_line};
use super::module::{Module, whole};
use super::walk::walk_statements;

/// The text with names for what is put in place; nothing where none are needed.
pub(super) fn named(module: &Module) -> Option<String> {
    let mut naming = Naming { module, edits: Vec::new(), names: 0 };
    for rule in module.rules() {
        walk_statements(rule.syntax(), &mut |statement, is_bare| naming.statement(statement, is_bare));
    }
    (!naming.edits.is_empty()).then(|| applied(&module.text, naming.edits))
}

struct Naming<'m> {
    module: &'m Module,
    edits: Vec<Edit>,
    names: usize,
}

impl Naming<'_> {
    fn statement(&mut self, statement: &LiteralStmt, is_bare: bool) {
        let text = &self.module.text[..];
        let mut before = String::new();
        for modifier in
            statement.with_mods.iter().filter(|modifier| is_of_input(&modifier.refr) && is_asked_for(&modifier.r#as))
        {
            let range = whole(text, modifier.r#as.span());
            let Some((value, line)) = text.get(range.clone()).and_then(|value| Some((value, on_one_line(value)?)))
            else {
                continue;
            };
            let name = format!("__with_{}", self.names);
            self.names += 1;
            before += &format!("{name} := {line}; ");
            self.edits.push(Edit { range, text: format!("{name}{}", "\n".repeat(value.matches('\n').count())) });
        }
        if !before.is_empty() {
            self.edits.extend(before_statement(text, statement, is_bare, before));
        }
    }
}

/// What replaces `data` or a builtin may be a function, which has no value.
fn is_of_input(mut replaced: &Expr) -> bool {
    while let Expr::RefDot { refr, .. } | Expr::RefBrack { refr, .. } = replaced {
        replaced = refr;
    }
    matches!(replaced, Expr::Var { span, .. } if span.text() == "input")
}

/// Constants are the same at any time.
fn is_asked_for(value: &Expr) -> bool {
    matches!(value, Expr::RefDot { .. } | Expr::RefBrack { .. } | Expr::Call { .. } | Expr::Var { .. })
}
