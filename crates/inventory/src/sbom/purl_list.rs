//! Package URLs, one a line; empty lines and lines that begin with `#` are passed over.

use model::{ProblemKind, Purl};

use crate::bounds::quote;
use crate::lines::lines;
use crate::package_list::PackageList;
use crate::{Input, Parsed};

/// Reads the list. A line that is no package URL is a problem, and costs no other line.
pub fn read_purls(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, "purl");
    for line in lines(list.text()) {
        let text = line.trimmed();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        match text.parse::<Purl>() {
            Ok(purl) => {
                list.add_purl(&purl.display_name(), purl, line.range());
            }
            Err(error) => {
                let message = format!("`{}` is no package URL, {error}: it is not read", quote(text));
                list.error(ProblemKind::Syntax, line.range().start, message);
            }
        }
    }
    list.finish()
}
