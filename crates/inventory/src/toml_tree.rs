//! TOML with places, through the `toml` crate, which goes on after a fault.

use model::ProblemKind;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::tree::{Data, Fault, Member, Node, offset};

/// Reads a text; what stands around a fault is in the value. The crate bounds the depth.
pub(crate) fn read(text: &str) -> (Node<'_>, Vec<Fault>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let faults = errors.into_iter().map(|error| {
        let at = error.span().map_or(0, |span| span.start).min(text.len());
        let message = format!("wrong TOML, {}: what this line says may be missing", error.message());
        Fault { kind: ProblemKind::Syntax, offset: at, message }
    });
    let range = table.span();
    (Node::new(range, map(table.into_inner())), faults.collect())
}

fn node(value: Spanned<DeValue<'_>>) -> Node<'_> {
    let range = value.span();
    let data = match value.into_inner() {
        DeValue::String(text) => Data::Text(text),
        DeValue::Integer(number) => Data::Number(number.as_str().to_owned().into()),
        DeValue::Float(number) => Data::Number(number.as_str().to_owned().into()),
        DeValue::Boolean(value) => Data::Bool(value),
        DeValue::Datetime(date) => Data::Text(date.to_string().into()),
        DeValue::Array(items) => Data::List(items.into_iter().map(node).collect()),
        DeValue::Table(table) => map(table),
    };
    Node::new(range, data)
}

/// The crate sorts members by key; the file's order is back here.
fn map(table: DeTable<'_>) -> Data<'_> {
    let members = table.into_iter().map(|(key, value)| {
        let start = offset(key.span().start);
        Member { key: key.into_inner(), start, value: node(value) }
    });
    let mut members: Vec<Member<'_>> = members.collect();
    members.sort_by_key(|member| member.start);
    Data::Map(members)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_places() {
        let text = "b = 1\n[[package]]\nname = \"x\"\nversion = \"2\"\n";
        let (root, faults) = read(text);
        assert!(faults.is_empty());
        let keys: Vec<&str> = root.members().iter().map(|member| &*member.key).collect();
        assert_eq!(keys, ["b", "package"]);
        let package = &root.get("package").expect("packages").items()[0];
        let name = package.member("name").expect("a name");
        assert_eq!(&text[name.range()], "name = \"x\"");
    }

    #[test]
    fn goes_on_after_a_fault() {
        let text = "[[package]]\nname = \"x\"\nversion =\n[[package]]\nname = \"y\"\n";
        let (root, faults) = read(text);
        assert_eq!(root.get("package").map_or(0, |packages| packages.items().len()), 2);
        assert_eq!(faults.len(), 1);
        assert_eq!(text[..faults[0].offset].matches('\n').count(), 2, "{:?}", faults[0]);
    }

    #[test]
    fn depth_is_bounded() {
        assert!(!read(&format!("a = {}", "[".repeat(100_000))).1.is_empty());
        assert!(!read(&format!("{} = 1", "a.".repeat(100_000) + "a")).1.is_empty());
    }
}
