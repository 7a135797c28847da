//! Statements and expressions.

use regorus::Value;
use regorus::unstable::{AssignOp, BinOp, BoolOp, Expr, Literal, LiteralStmt, Ref};

use super::clauses::{Mark, Needs, Scalar};
use super::constants::Keys;
use super::scope::{Constants, Scope};
use super::target::From;
use super::{Mode, View, name_of};

/// Expressions within expressions that are looked into.
const DEEPEST: usize = 200;

impl<'m> View<'_, 'm> {
    pub(super) fn statement(&self, statement: &'m LiteralStmt, scope: &Scope<'m>) -> Needs {
        // Under other circumstances anything may be so.
        if !statement.with_mods.is_empty() {
            return Needs::default();
        }
        match &statement.literal {
            Literal::Expr { expr, .. } => self.value(expr, scope, Mode::True),
            Literal::SomeIn { collection, .. } => self.value(collection, scope, Mode::Filled),
            Literal::SomeVars { .. } | Literal::NotExpr { .. } | Literal::Every { .. } => Needs::default(),
        }
    }

    pub(super) fn value(&self, expr: &'m Expr, scope: &Scope<'m>, mode: Mode) -> Needs {
        if self.depth.get() > DEEPEST {
            return Needs::default();
        }
        self.depth.set(self.depth.get() + 1);
        let needs = self.value_at_depth(expr, scope, mode);
        self.depth.set(self.depth.get() - 1);
        needs
    }

    fn value_at_depth(&self, expr: &'m Expr, scope: &Scope<'m>, mode: Mode) -> Needs {
        match (expr, mode) {
            (Expr::Bool { value: Value::Bool(false), .. }, Mode::True) => Needs::never(),
            (
                Expr::Bool { .. }
                | Expr::String { .. }
                | Expr::RawString { .. }
                | Expr::Number { .. }
                | Expr::Null { .. },
                _,
            ) => Needs::default(),
            (Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. }, _) => self.reference(expr, scope, mode),
            (Expr::Call { fcn, params, .. }, _) => self.call(fcn, params, scope, mode),
            (Expr::ArrayCompr { term, query, .. } | Expr::SetCompr { term, query, .. }, Mode::Filled) => {
                self.query(query, scope).and(self.value(term, scope, Mode::Defined))
            }
            (Expr::ObjectCompr { key, value, query, .. }, Mode::Filled) => {
                self.query(query, scope).and(self.defined([&**key, &**value], scope))
            }
            // They are there, be they empty.
            (Expr::ArrayCompr { .. } | Expr::SetCompr { .. } | Expr::ObjectCompr { .. }, _) => Needs::default(),
            (Expr::Array { items, .. } | Expr::Set { items, .. }, _) => {
                let items = items.iter().map(|item| &**item);
                if mode == Mode::Filled && items.len() == 0 { Needs::never() } else { self.defined(items, scope) }
            }
            (Expr::Object { fields, .. }, Mode::Filled) if fields.is_empty() => Needs::never(),
            (Expr::Object { fields, .. }, _) => {
                self.defined(fields.iter().flat_map(|(_, key, value)| [&**key, &**value]), scope)
            }
            (Expr::BinExpr { op: BinOp::Union, lhs, rhs, .. }, Mode::Filled) => {
                self.value(lhs, scope, mode).or(&self.value(rhs, scope, mode))
            }
            (Expr::Membership { value, collection, .. }, Mode::True) => self.membership(value, collection, scope),
            // It may be false.
            (Expr::Membership { .. }, _) => Needs::default(),
            (Expr::BoolExpr { op, lhs, rhs, .. }, Mode::True) => self.comparison(op, lhs, rhs, scope),
            (Expr::AssignExpr { op: AssignOp::Eq, lhs, rhs, .. }, Mode::True) => {
                self.comparison(&BoolOp::Eq, lhs, rhs, scope)
            }
            (Expr::AssignExpr { rhs, .. }, _) => self.value(rhs, scope, Mode::Defined),
            (Expr::UnaryExpr { expr, .. }, _) => self.value(expr, scope, Mode::Defined),
            (
                Expr::BinExpr { lhs, rhs, .. } | Expr::BoolExpr { lhs, rhs, .. } | Expr::ArithExpr { lhs, rhs, .. },
                _,
            ) => self.defined([&**lhs, &**rhs], scope),
        }
    }

    fn defined(&self, parts: impl IntoIterator<Item = &'m Expr>, scope: &Scope<'m>) -> Needs {
        Needs::all(parts.into_iter().map(|part| self.value(part, scope, Mode::Defined)))
    }

    fn call(&self, function: &'m Expr, params: &'m [Ref<Expr>], scope: &Scope<'m>, mode: Mode) -> Needs {
        let given = || self.defined(params.iter().map(|param| &**param), scope);
        let way = self.rules.unbound(function, scope.module);
        // `object.get` is called, be there a rule of the name `object` or not.
        if let (From::Rule(path), []) = (way.from, &way.steps[..]) {
            let arguments = params.iter().map(|param| self.constants(param, scope)).collect();
            return given().and(self.rule(&path, arguments, mode));
        }
        match (name_of(function).as_deref(), params, mode) {
            // It says what is undefined.
            (Some("print"), _, _) => Needs::default(),
            (Some("contains" | "startswith" | "endswith"), [text, part], Mode::True) => {
                let part = self.constants(part, scope).map(|parts| parts.into_iter().map(part_of).collect());
                given().and(part.map(|parts| self.holds(text, parts, scope)).unwrap_or_default())
            }
            // Any text holds the empty one.
            (Some("is_string"), [text], Mode::True) => {
                let any = Constants::from([Some(Scalar::Part { part: String::new() })]);
                given().and(self.holds(text, any, scope))
            }
            (Some("array.concat" | "object.union"), [left, right], Mode::Filled) => {
                self.value(left, scope, mode).or(&self.value(right, scope, mode))
            }
            _ => given(),
        }
    }

    fn is_rule(&self, function: &'m Expr, scope: &Scope<'m>) -> bool {
        matches!(self.rules.unbound(function, scope.module).from, From::Rule(_))
    }

    fn membership(&self, value: &'m Expr, collection: &'m Expr, scope: &Scope<'m>) -> Needs {
        let both = self.value(value, scope, Mode::Defined).and(self.value(collection, scope, Mode::Filled));
        let is_one = self.items(collection, scope).map(|items| self.holds(value, items, scope));
        let held = self.constants(value, scope).map(|value| self.held(self.keys_of_items(collection, scope), value));
        both.and(is_one.unwrap_or_default()).and(held.unwrap_or_default())
    }

    fn comparison(&self, op: &BoolOp, left: &'m Expr, right: &'m Expr, scope: &Scope<'m>) -> Needs {
        let both = self.defined([left, right], scope);
        match (op, left, right) {
            (BoolOp::Eq, _, _) => {
                let constants = |expr| self.constants(expr, scope);
                let left_is = constants(right).map_or_else(Needs::default, |values| self.holds(left, values, scope));
                let right_is = constants(left).map_or_else(Needs::default, |values| self.holds(right, values, scope));
                both.and(left_is).and(right_is)
            }
            (BoolOp::Gt, Expr::Call { fcn, params, .. }, Expr::Number { value, .. })
                if *value >= Value::from(0_u64) && !self.is_rule(fcn, scope) =>
            {
                // What is counted is more than none.
                match (name_of(fcn).as_deref(), &params[..]) {
                    (Some("count"), [counted]) => both.and(self.value(counted, scope, Mode::Filled)),
                    _ => both,
                }
            }
            _ => both,
        }
    }

    /// The value of an expression, or an item of it, is one of these.
    pub(super) fn holds(&self, expr: &'m Expr, values: Constants, scope: &Scope<'m>) -> Needs {
        self.held(self.keys(expr, scope), values)
    }

    fn held(&self, keys: Option<Keys>, values: Constants) -> Needs {
        let tells_kinds =
            |keys: &Keys| keys.is_root && keys.names.iter().all(|name| ["kind", "apiVersion"].contains(&name.as_str()));
        holds(keys.filter(|keys| !self.is_of_kinds || tells_kinds(keys)), values)
    }
}

fn part_of(constant: Option<Scalar>) -> Option<Scalar> {
    match constant {
        Some(Scalar::Text(part)) => Some(Scalar::Part { part }),
        _ => None,
    }
}

/// One of these keys holds one of these values.
fn holds(keys: Option<Keys>, values: Constants) -> Needs {
    let values: Option<Vec<Scalar>> = values.into_iter().collect();
    let (Some(keys), Some(values)) = (keys, values) else { return Needs::default() };
    let mut marks = Vec::new();
    for key in keys.names {
        let mark = |value: &Scalar| Mark { key: key.clone(), value: Some(value.clone()), is_root: keys.is_root };
        marks.extend(values.iter().map(mark));
    }
    Needs::any(marks)
}
