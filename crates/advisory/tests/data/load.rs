//! Every shared record loads, and its known faults are reported.

use super::sets;

#[test]
fn all_shared_records_load() {
    let Some(paths) = sets::paths() else { return };
    let (built, problems) = sets::built(&paths);
    let expected: u64 = sets::ALL.iter().map(|(_, count)| count).sum();
    assert_eq!((built.statistics.read, built.statistics.skipped), (expected, 0));
    let mut shown: Vec<String> = problems
        .iter()
        .map(|problem| {
            let path = problem.path.as_ref().map(|path| String::from_utf8_lossy(path.file_name()).into_owned());
            let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
            format!("{}{line}: {}", path.unwrap_or_default(), problem.message)
        })
        .collect();
    shown.sort();
    insta::assert_snapshot!(shown.join("\n"), @r"
    ghsa-sample.jsonl.zst:224: GHSA-f5pg-7wfw-84q9: severity CVSS_V3 `CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P/RL:O/RC:C/` cannot be read and does not count
    nodejs-security-wg-npm.jsonl.zst:411: x_NSWG-ECO-504: severity CVSS_V3 `CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:U/A:U` cannot be read and does not count
    ");
    insta::assert_snapshot!(built.statistics, @"41592 records of 27163 packages, 43 of an id already seen, 42 withdrawn, 2 with a warning");
}

#[test]
fn the_same_records_give_the_same_bytes() {
    let Some(mut paths) = sets::paths() else { return };
    paths.truncate(3);
    let first = sets::built(&paths).0.bytes;
    paths.reverse();
    assert!(sets::built(&paths).0.bytes == first);
}
