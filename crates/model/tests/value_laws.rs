//! Laws of paths, digests and line positions over any bytes.

use portcullis_model::{Digest, LineIndex, TreePath};
use proptest::prelude::*;

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn paths_stay_inside(raw in proptest::collection::vec(prop_oneof![any::<u8>(), Just(b'/'), Just(b'.')], 0..40)) {
        let Ok(path) = TreePath::rooted(&raw) else { return Ok(()) };
        for component in path.as_bytes().split(|byte| *byte == b'/') {
            prop_assert!(!matches!(component, b"" | b"." | b"..") && !component.contains(&0));
        }
        prop_assert_eq!(TreePath::rooted(path.as_bytes()), Ok(path.clone()), "normal form");
        prop_assert!(path.to_string().starts_with('/'));
        prop_assert!(!path.to_string().chars().any(char::is_control));
        if let Some(parent) = path.parent() {
            prop_assert_eq!(parent.join(path.file_name()), Ok(path.clone()));
            prop_assert_eq!(path.sibling(path.file_name()), Ok(path.clone()));
        }
        if let Ok(nested) = path.nested("a/b") {
            prop_assert!(nested.as_bytes().ends_with(b"!/a/b"));
        }
    }

    #[test]
    fn digests_read_back(sum in any::<[u8; 32]>(), text in ".{0,80}") {
        let digest = Digest::sha256(sum);
        prop_assert_eq!(digest.to_string().parse(), Ok(digest));
        if let Ok(read) = text.parse::<Digest>() {
            prop_assert_eq!(read.to_string(), text);
        }
    }

    #[test]
    fn positions_count_lines_and_scalars(text in "[a-zé\u{1F600}\r\n]{0,600}", at in 0usize..700) {
        let index = LineIndex::new(text.as_bytes());
        let offset = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).expect("0 is one");
        let before = &text[..offset];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let position = index.position(offset);
        prop_assert_eq!((position.line as usize, position.column as usize, position.offset as usize), (line, column, offset));
        prop_assert_eq!(index.lines() as usize, text.split('\n').count());
        for (number, line) in text.split('\n').enumerate() {
            let line = line.strip_suffix('\r').unwrap_or(line);
            prop_assert_eq!(index.line(number as u32 + 1), Some(line.as_bytes()));
        }
        prop_assert_eq!(index.line(0), None);
    }
}
