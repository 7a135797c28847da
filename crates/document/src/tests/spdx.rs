//! SPDX as tags and values, in the shape of JSON.

use insta::assert_snapshot;
use model::Format;

use super::{read, shown};
use crate::Limits;

fn check(text: &str) -> String {
    shown(Format::Spdx, text)
}

#[test]
fn places() {
    assert_snapshot!(check("SPDXVersion: SPDX-2.3\nCreator: Tool: é\nPackageName: a\nPackageChecksum: SHA1: ff\n"), @r#"
    --- 0 plain
    . {} 1:1-4:26
    spdxVersion = "SPDX-2.3" 1:14-1:22 «SPDX-2.3» key «SPDXVersion»
    creationInfo {} 2:1-2:17 key «Creator»
    creationInfo.creators [] 2:10-2:17 key «Creator»
    creationInfo.creators[0] = "Tool: é" 2:10-2:17 «Tool: é»
    packages [] 3:1-4:26 key «PackageName»
    packages[0] {} 3:1-4:26
    packages[0].name = "a" 3:14-3:15 «a» key «PackageName»
    packages[0].checksums [] 4:18-4:26 key «PackageChecksum»
    packages[0].checksums[0] {} 4:18-4:26
    packages[0].checksums[0].algorithm = "SHA1" 4:18-4:26 «SHA1: ff» key «SHA1: ff»
    packages[0].checksums[0].checksumValue = "ff" 4:18-4:26 «SHA1: ff» key «SHA1: ff»
    "#);
}

#[test]
fn everything() {
    let text = "SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: d
# creation
Creator: Tool: t-1
Creator: Person: p
Created: 2024-01-01T00:00:00Z
ExternalDocumentRef: DocumentRef-x http://example.test/x SHA1: ff
PackageName: a
SPDXID: SPDXRef-a
FilesAnalyzed: false
PackageVerificationCode: abc (excludes: ./x, ./y)
ExternalRef: PACKAGE-MANAGER purl pkg:npm/a@1
PackageComment: <text>two
lines</text>
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-a
RelationshipComment: why
FileName: ./f
SPDXID: SPDXRef-f
FileType: SOURCE
LicenseInfoInFile: MIT
SnippetSPDXID: SPDXRef-s
SnippetLineRange: 5:23
LicenseID: LicenseRef-1
ExtractedText: <text>all</text>
Annotator: Person: q
AnnotationType: REVIEW
";
    let (documents, problems) = read(Format::Spdx, text.as_bytes(), &Limits::default());
    assert_eq!(problems, []);
    assert_snapshot!(serde_json::to_string_pretty(&documents[0].root.to_json()).expect("a value"), @r#"
    {
      "spdxVersion": "SPDX-2.3",
      "dataLicense": "CC0-1.0",
      "SPDXID": "SPDXRef-DOCUMENT",
      "name": "d",
      "creationInfo": {
        "created": "2024-01-01T00:00:00Z",
        "creators": [
          "Tool: t-1",
          "Person: p"
        ]
      },
      "externalDocumentRefs": [
        {
          "externalDocumentId": "DocumentRef-x",
          "spdxDocument": "http://example.test/x",
          "checksum": "SHA1: ff"
        }
      ],
      "packages": [
        {
          "name": "a",
          "SPDXID": "SPDXRef-a",
          "filesAnalyzed": false,
          "packageVerificationCode": {
            "packageVerificationCodeValue": "abc",
            "packageVerificationCodeExcludedFiles": [
              "./x",
              "./y"
            ]
          },
          "comment": "two\nlines",
          "externalRefs": [
            {
              "referenceCategory": "PACKAGE-MANAGER",
              "referenceType": "purl",
              "referenceLocator": "pkg:npm/a@1"
            }
          ]
        }
      ],
      "files": [
        {
          "fileName": "./f",
          "SPDXID": "SPDXRef-f",
          "fileTypes": [
            "SOURCE"
          ],
          "licenseInfoInFiles": [
            "MIT"
          ]
        }
      ],
      "snippets": [
        {
          "SPDXID": "SPDXRef-s",
          "lineRange": {
            "start": "5",
            "end": "23"
          }
        }
      ],
      "relationships": [
        {
          "spdxElementId": "SPDXRef-DOCUMENT",
          "relationshipType": "DESCRIBES",
          "relatedSpdxElement": "SPDXRef-a",
          "comment": "why"
        }
      ],
      "hasExtractedLicensingInfos": [
        {
          "licenseId": "LicenseRef-1",
          "extractedText": "all"
        }
      ],
      "annotations": [
        {
          "annotator": "Person: q",
          "annotationType": "REVIEW"
        }
      ]
    }
    "#);
}

#[test]
fn faults() {
    assert_snapshot!(check("SPDXVersion: SPDX-2.3\nNoSuchTag: 1\nno colon\n"), @r#"
    --- 0 plain
    . {} 1:1-3:9
    spdxVersion = "SPDX-2.3" 1:14-1:22 «SPDX-2.3» key «SPDXVersion»
    Error Syntax 2:1 no valid SPDX: `NoSuchTag` is no tag that is known, this line was not read
    Error Syntax 3:1 no valid SPDX: a tag and `:` are expected, this line was not read
    "#);
    assert_snapshot!(check("PackageComment: <text>open\n"), @"Error Truncated 2:1 SPDX ends too early: `<text>` is not closed, the file was not read");
    assert_snapshot!(check("# nothing\n"), @"");
}
