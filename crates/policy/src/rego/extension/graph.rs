//! Paths in a graph, counted before the engine lists them: there may be many more of them than nodes.

use regorus::Value;

/// Steps after which counting ends.
const MOST_STEPS: usize = 1 << 19;

/// The nodes of all paths from the first nodes to where they end or would come back; `usize::MAX` where they are too many to count.
pub(super) fn paths(graph: &Value, first: &Value) -> usize {
    let Value::Object(graph) = graph else { return 0 };
    let mut nodes = 0;
    let mut steps = 0;
    // The path so far, and for each of its nodes the neighbours that are still to be gone to.
    let mut path: Vec<&Value> = Vec::new();
    let mut open: Vec<Vec<&Value>> = vec![members(first)];
    while let Some(left) = open.last_mut() {
        let Some(node) = left.pop() else {
            open.pop();
            path.pop();
            continue;
        };
        steps += 1 + path.len();
        if steps > MOST_STEPS {
            return usize::MAX;
        }
        let next = graph.get(node).map(members).unwrap_or_default();
        let next: Vec<&Value> = if path.contains(&node) { Vec::new() } else { next };
        if next.is_empty() {
            nodes += path.len() + 1;
        }
        path.push(node);
        open.push(next);
    }
    nodes
}

fn members(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        Value::Set(items) => items.iter().collect(),
        Value::String(_) => vec![value],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(graph: &str, expected: usize) {
        let graph = Value::from_json_str(graph).expect("JSON");
        assert_eq!(paths(&graph, &Value::from(vec![Value::from("a")])), expected);
    }

    #[test]
    fn paths_are_counted() {
        check(r#"{"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}"#, 6);
        check(r#"{"a": ["a"]}"#, 2);
        let diamonds: Vec<String> = (0..40)
            .map(|at| format!("\"{at}\": [\"l{at}\", \"r{at}\"], \"l{at}\": [\"{0}\"], \"r{at}\": [\"{0}\"]", at + 1))
            .collect();
        check(&format!("{{\"a\": [\"0\"], {}}}", diamonds.join(", ")), usize::MAX);
    }
}
