//! The examples of the OSV schema's repository: records load, deliberate mistakes are said, other documents are refused.

use std::path::{Path, PathBuf};

use portcullis_advisory::{BuildOptions, build};

fn json_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the examples are there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(json_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[test]
fn every_example_is_taken_or_refused_with_a_reason() {
    let Some(folder) = testkit::shared("conformance/osv/examples/testdata") else { return };
    let mut shown = Vec::new();
    for path in json_files(&folder) {
        let name = path.strip_prefix(&folder).expect("below").display().to_string();
        let outcome = match build(&[path], &BuildOptions::default()) {
            Ok((built, problems)) => {
                let messages: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
                format!("{} packages {}", built.statistics.packages, messages.join(" / "))
            }
            Err(error) => error.to_string(),
        };
        shown.push(format!("{name}: {}", outcome.trim()));
    }
    insta::assert_snapshot!(shown.join("\n"), @r#"
    CSAF/rhsa-2003_315.json: no advisory record was found in what was given: not an OSV record: missing field `id` at line 676 column 1
    CSAF/rhsa-2015_0008.json: no advisory record was found in what was given: not an OSV record: missing field `id` at line 7529 column 1
    CSAF/rhsa-2024_4420.json: no advisory record was found in what was given: not an OSV record: missing field `id` at line 21864 column 1
    CSAF/rhsa-2024_4546.json: no advisory record was found in what was given: not an OSV record: missing field `id` at line 570 column 1
    CSAF/rhsa-2024_6220.json: no advisory record was found in what was given: not an OSV record: missing field `id` at line 6795 column 1
    CVE-2018-5407.json: 6 packages
    CVE-2023-41045.json: 0 packages
    GHSA-9v2f-6vcg-3hgv.json: 1 packages
    GO-2020-0001.json: 1 packages
    GO-2024-2963.json: 1 packages
    MAL-2024-10238.json: 1 packages
    OSV/RHSA-2024_4546.json: 9 packages
    OSV/RHSA-2024_6220.json: 228 packages
    PYSEC-2023-74.json: 1 packages
    RHSA-2022_0216.json: 0 packages RHSA-2022:0216: the record names no package
    SUSE-FU-2022_0444-1.json: 0 packages SUSE-FU-2022:0444-1: the record names no package
    equals_no_patch.json: no advisory record was found in what was given: not an OSV record: invalid type: string "CRITICAL", expected a sequence at line 21 column 24
    equals_no_patch.osv.json: 1 packages
    equals_with_patch.json: no advisory record was found in what was given: not an OSV record: invalid type: string "CRITICAL", expected a sequence at line 21 column 24
    equals_with_patch.osv.json: 1 packages
    full_ranges.json: no advisory record was found in what was given: not an OSV record: invalid type: string "CRITICAL", expected a sequence at line 21 column 24
    full_ranges.osv.json: 2 packages
    greater_than_equals_no_patch.json: no advisory record was found in what was given: not an OSV record: invalid type: string "MODERATE", expected a sequence at line 18 column 24
    greater_than_equals_no_patch.osv.json: 1 packages
    less_than_equals_no_patch.json: no advisory record was found in what was given: not an OSV record: invalid type: string "HIGH", expected a sequence at line 21 column 20
    less_than_equals_no_patch.osv.json: 1 packages
    less_than_equals_with_patch.json: no advisory record was found in what was given: not an OSV record: invalid type: string "MODERATE", expected a sequence at line 21 column 24
    less_than_equals_with_patch.osv.json: 1 packages
    maven_greater_than.json: no advisory record was found in what was given: not an OSV record: invalid type: string "HIGH", expected a sequence at line 24 column 20
    maven_greater_than.osv.json: 1 packages
    multiple_ranges_in_package.json: no advisory record was found in what was given: not an OSV record: invalid type: string "MODERATE", expected a sequence at line 21 column 24
    multiple_ranges_in_package.osv.json: 1 packages
    nointroduced-CVE-2023-41045.json: 0 packages
    nondistinct-CVE-2018-5407.json: 6 packages
    nopackage-GHSA-9v2f-6vcg-3hgv.json: 1 packages
    npm_greater_than.json: no advisory record was found in what was given: not an OSV record: invalid type: string "HIGH", expected a sequence at line 21 column 20
    npm_greater_than.osv.json: 1 packages
    pypi_normalize.json: no advisory record was found in what was given: not an OSV record: invalid type: string "LOW", expected a sequence at line 24 column 19
    pypi_normalize.osv.json: 1 packages
    withdrawn.json: no advisory record was found in what was given: not an OSV record: invalid type: string "MODERATE", expected a sequence at line 21 column 24
    withdrawn.osv.json: 0 packages
    "#);
}
