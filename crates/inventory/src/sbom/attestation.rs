//! Envelopes of signed statements (DSSE, secure-systems-lab): the payload is a statement of in-toto in base64. The signature is not checked.

use data_encoding::BASE64;
use model::ProblemKind;

use crate::Parsed;
use crate::package_list::PackageList;
use crate::tree::Node;
use crate::{Input, json};

/// Reads what the envelope holds; places are those of the envelope, as nobody sees the payload's lines.
pub(super) fn read(root: &Node<'_>, mut list: PackageList<'_>) -> Parsed {
    let payload = root.get("payload").and_then(Node::text).map(|text| BASE64.decode(text.as_bytes()));
    let decoded = match payload {
        Some(Ok(bytes)) => String::from_utf8(bytes).ok(),
        _ => None,
    };
    let Some(text) = decoded else {
        let message = "the payload of the envelope is no text in base64: nothing of it is read";
        list.error(ProblemKind::Encoding, root.start as usize, message);
        return list.finish();
    };
    let origin = list.origin().clone();
    let (inner, fault) = json::read(&text);
    // An envelope in an envelope is nobody's inventory.
    if inner.get("payload").is_some() {
        list.error(ProblemKind::Shape, 0, "the envelope holds an envelope: nothing of it is read");
        return list.finish();
    }
    let input = Input { origin: &origin, bytes: text.as_bytes(), companions: &[] };
    let mut held = PackageList::new(&input, super::DETECTOR.name);
    held.report(fault);
    let mut parsed = super::read_json(&inner, held);
    for package in &mut parsed.packages {
        package.locations = vec![origin.location()];
    }
    for problem in &mut parsed.problems {
        problem.line = Some(1);
    }
    list.note(ProblemKind::Unsupported, 0, "the signature of the envelope was not checked");
    parsed.problems.extend(list.finish().problems);
    parsed
}
