//! Weaknesses as taxa: CWE, for readers that take them from a rule's relationships.

use std::collections::BTreeSet;

use model::Rule;

use super::model::{ComponentReference, Relationship, Taxon, TaxonReference, Taxonomy, Text};

const NAME: &str = "CWE";

/// The weaknesses that some rule names, sorted by number.
#[derive(Default)]
pub(super) struct Weaknesses(Vec<u32>);

impl Weaknesses {
    pub(super) fn of<'a>(rules: impl Iterator<Item = &'a Rule>) -> Weaknesses {
        let numbers: BTreeSet<u32> = rules.flat_map(|rule| rule.cwes.iter().filter_map(|id| number(id))).collect();
        Weaknesses(numbers.into_iter().collect())
    }

    /// What ties a rule to its weaknesses.
    pub(super) fn relationships(&self, rule: &Rule) -> Vec<Relationship> {
        let numbers: BTreeSet<u32> = rule.cwes.iter().filter_map(|id| number(id)).collect();
        let known = numbers.into_iter().filter_map(|number| Some((number, self.0.binary_search(&number).ok()?)));
        let target = |(number, index)| TaxonReference { id: id(number), index, tool_component: reference() };
        known.map(|taxon| Relationship { target: target(taxon), kinds: ["superset"] }).collect()
    }

    /// The taxonomy itself; nothing when no rule names a weakness.
    pub(super) fn taxonomies(&self) -> Vec<Taxonomy> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let taxon = |number: &u32| Taxon {
            id: id(*number),
            help_uri: format!("https://cwe.mitre.org/data/definitions/{number}.html"),
        };
        let text = "Common Weakness Enumeration.".to_owned();
        vec![Taxonomy {
            name: NAME,
            organization: "MITRE",
            information_uri: "https://cwe.mitre.org/",
            short_description: Text { text, markdown: None },
            is_comprehensive: false,
            taxa: self.0.iter().map(taxon).collect(),
        }]
    }

    /// The driver's reference to the taxonomy.
    pub(super) fn supported(&self) -> Vec<ComponentReference> {
        if self.0.is_empty() { Vec::new() } else { vec![reference()] }
    }
}

/// The number of `CWE-79`; `None` for anything else.
pub(super) fn number(id: &str) -> Option<u32> {
    let (name, digits) = id.split_once('-')?;
    let is_id =
        name.eq_ignore_ascii_case(NAME) && digits.len() <= 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_id { digits.parse().ok() } else { None }
}

fn id(number: u32) -> String {
    format!("{NAME}-{number}")
}

fn reference() -> ComponentReference {
    ComponentReference { name: NAME, index: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!(number("CWE-79"), Some(79));
        assert_eq!(number("cwe-079"), Some(79));
        for bad in ["79", "CWE-", "CWE-x", "CWE--1", "CWE-+1", "CWE-12345678901", "NVD-CWE-noinfo"] {
            assert_eq!(number(bad), None, "{bad}");
        }
    }
}
