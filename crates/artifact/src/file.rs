//! One file, on disk or in memory.

use std::ffi::OsStr;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use model::{Cancel, Origin, Problem, ProblemKind, TreePath};

use crate::exclude::Exclusions;
use crate::record::{Offer, Record};
use crate::stream::Store;
use crate::tar::Plain;
use crate::{FileMeta, Limits, Sink, View, Walk};

/// One file, under the last component of its name.
#[derive(Debug)]
pub(crate) struct SingleFile {
    path: TreePath,
    place: Place,
    /// What was found wrong before it was opened.
    problem: Option<Problem>,
}

#[derive(Debug)]
enum Place {
    Disk(PathBuf),
    Stream(Store),
}

/// What a file is called whose name says nothing.
const NAMELESS: &str = "input";

impl SingleFile {
    pub(crate) fn on_disk(path: &Path) -> SingleFile {
        SingleFile { path: last_component(path), place: Place::Disk(path.to_owned()), problem: None }
    }

    pub(crate) fn of_stream(name: &str, store: Store, problem: Option<Problem>) -> SingleFile {
        SingleFile { path: last_component(Path::new(name)), place: Place::Stream(store), problem }
    }

    pub(crate) fn walk(&self, limits: &Limits, exclusions: &Exclusions, sink: &dyn Sink, cancel: &Cancel) -> Walk {
        let mut record = Record::new(sink, cancel, limits, exclusions, self.problem.as_slice());
        if !record.is_cancelled() {
            record.saw_file();
            if let Err(error) = self.offer(&mut record) {
                let what = format!("the file could not be read: {error}");
                record.problem(Problem::error(ProblemKind::Io, what).in_file(&self.path));
            }
        }
        record.finish(View::default())
    }

    fn offer(&self, record: &mut Record<'_>) -> io::Result<()> {
        let (size, executable, mut body): (u64, bool, Box<dyn Read + '_>) = match &self.place {
            Place::Stream(store) => {
                let whole = store.whole()?;
                (whole.length(), false, whole.open()?)
            }
            Place::Disk(path) => {
                let file = File::open(path)?;
                let metadata = file.metadata()?;
                (metadata.len(), is_executable(path, &metadata), Box::new(file))
            }
        };
        let file = FileMeta { origin: Origin::file(self.path.clone()), size, executable };
        if let Offer::Content(content) = record.offer(&file, &mut Plain(&mut body))? {
            record.deliver(&file, content);
        }
        Ok(())
    }
}

/// Somebody may execute it. Where permissions do not say, the name does.
pub(crate) fn is_executable(path: &Path, metadata: &Metadata) -> bool {
    #[cfg(unix)]
    {
        let _ = path;
        std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o111 != 0
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("exe"))
    }
}

fn last_component(path: &Path) -> TreePath {
    let name = path.file_name().unwrap_or(OsStr::new(NAMELESS));
    TreePath::new(name.as_encoded_bytes()).unwrap_or_else(|_| TreePath::new(NAMELESS).expect("a plain name"))
}
