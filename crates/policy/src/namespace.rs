//! Which packages of the user's policies are asked.

/// A choice of packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Namespaces {
    /// Packages of these names; `*` in a name stands for any characters.
    Named(Vec<String>),
    /// Every package.
    All,
}

impl Namespaces {
    /// Whether a package is asked.
    pub(crate) fn include(&self, package: &str) -> bool {
        match self {
            Namespaces::All => true,
            Namespaces::Named(names) => names.iter().any(|name| fits(name.as_bytes(), package.as_bytes())),
        }
    }
}

impl Default for Namespaces {
    /// Package `main`, as Conftest has it.
    fn default() -> Namespaces {
        Namespaces::Named(vec!["main".to_owned()])
    }
}

/// Whether a name fits a pattern in which `*` stands for any characters: linear in time but for the last star.
fn fits(pattern: &[u8], name: &[u8]) -> bool {
    let (mut at, mut here) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while here < name.len() {
        match (pattern.get(at), star) {
            (Some(b'*'), _) => {
                star = Some((at, here));
                at += 1;
            }
            (Some(byte), _) if *byte == name[here] => {
                at += 1;
                here += 1;
            }
            (_, Some((star_at, from))) => {
                star = Some((star_at, from + 1));
                at = star_at + 1;
                here = from + 1;
            }
            _ => return false,
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_stars() {
        let named = |name: &str| Namespaces::Named(vec![name.to_owned()]);
        assert!(Namespaces::default().include("main"));
        assert!(!Namespaces::default().include("main.gke"));
        assert!(named("main.*").include("main.gke"));
        assert!(named("*.gke").include("main.gke"));
        assert!(named("a*b*c").include("aXbXbXc"));
        assert!(!named("a*b*c").include("aXbXbX"));
        assert!(Namespaces::All.include("anything"));
    }
}
