//! CRAN: `package_version` of R: whole numbers between `.` and `-`, which do not differ; a longer version comes later.

use crate::reading::{Reading, Reason};

pub(crate) fn read(text: &str) -> Result<Reading, Reason> {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !text.split(['.', '-']).all(is_number) {
        return Err("it is not numbers between dots and hyphens");
    }
    let mut reading = Reading::default();
    reading.key.numbers(text.split(['.', '-']));
    if !text.contains(['.', '-']) {
        reading.note("it has only one number");
    }
    Ok(reading)
}
