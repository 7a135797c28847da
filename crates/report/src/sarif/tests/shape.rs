//! A run, and places in images, as they are written.

use super::sarif;
use crate::{Options, testing};

#[test]
fn one_finding_whole() {
    let mut report = testing::report();
    report.targets.truncate(1);
    report.targets[0].problems.truncate(1);
    report.targets[0].coverage.skipped.clear();
    report.targets[0].findings.retain(|finding| finding.rule.as_str() == "CVE-2022-24999");
    let log = sarif(&report, &Options::default());
    insta::assert_snapshot!(serde_json::to_string_pretty(&log["runs"][0]).expect("JSON"), @r#"
        {
          "tool": {
            "driver": {
              "name": "portcullis",
              "fullName": "portcullis 0.1.0",
              "semanticVersion": "0.1.0",
              "version": "0.1.0",
              "shortDescription": {
                "text": "The gate at the end of a delivery pipeline."
              },
              "rules": [
                {
                  "id": "CVE-2022-24999",
                  "deprecatedIds": [
                    "GHSA-hrpp-h998-j3pp"
                  ],
                  "name": "PrototypePoisoningInQs",
                  "shortDescription": {
                    "text": "Prototype poisoning in qs."
                  },
                  "fullDescription": {
                    "text": "A query string can set the prototype of an object. See \\[the <b>advisory</b>\\](http://evil.example) and {{0}}.",
                    "markdown": "A query string can set the prototype of an object. See \\[the &lt;b&gt;advisory&lt;/b&gt;\\](http&#58;//evil.example) and {0}."
                  },
                  "help": {
                    "text": "A query string can set the prototype of an object.\n\nSee \\[the <b>advisory</b>\\](http://evil.example) and {{0}}.\n\nAlso known as: GHSA-hrpp-h998-j3pp\n\nWeaknesses: CWE-1321\n\nRead more:\nhttps://nvd.example/vuln/detail/CVE-2022-24999",
                    "markdown": "A query string can set the prototype of an object.\n\nSee \\[the &lt;b&gt;advisory&lt;/b&gt;\\](http&#58;//evil.example) and {0}.\n\n**Also known as:** GHSA-hrpp-h998-j3pp\n\n**Weaknesses:** CWE-1321\n\n- <https://nvd.example/vuln/detail/CVE-2022-24999>"
                  },
                  "helpUri": "https://nvd.example/vuln/detail/CVE-2022-24999",
                  "defaultConfiguration": {
                    "level": "error"
                  },
                  "relationships": [
                    {
                      "target": {
                        "id": "CWE-1321",
                        "index": 0,
                        "toolComponent": {
                          "name": "CWE",
                          "index": 0
                        }
                      },
                      "kinds": [
                        "superset"
                      ]
                    }
                  ],
                  "properties": {
                    "aliases": [
                      "GHSA-hrpp-h998-j3pp"
                    ],
                    "precision": "very-high",
                    "problem.severity": "error",
                    "security-severity": "7.5",
                    "tags": [
                      "external/cwe/cwe-1321",
                      "npm",
                      "security",
                      "vulnerability"
                    ]
                  }
                }
              ],
              "notifications": [
                {
                  "id": "truncated",
                  "name": "TruncatedProblem",
                  "shortDescription": {
                    "text": "A fault of the input or the scan: truncated."
                  },
                  "fullDescription": {
                    "text": "A fault of the input or the scan: truncated."
                  },
                  "help": {
                    "text": "See the message and the place of each notification: what is named there was not looked at in full."
                  }
                }
              ],
              "supportedTaxonomies": [
                {
                  "name": "CWE",
                  "index": 0
                }
              ],
              "properties": {
                "advisoryAgeDays": 2,
                "advisoryDate": "2026-08-21T10:00:00Z",
                "advisoryDigest": "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "advisoryEmbedded": true,
                "advisorySources": [
                  "RustSec",
                  "PyPA"
                ],
                "policyDigest": "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
              }
            }
          },
          "automationDetails": {
            "id": "portcullis/scan/services-shop/"
          },
          "invocations": [
            {
              "executionSuccessful": true,
              "exitCode": 1,
              "exitCodeDescription": "fail",
              "endTimeUtc": "2026-08-24T00:00:00Z",
              "toolExecutionNotifications": [
                {
                  "level": "error",
                  "message": {
                    "text": "the lockfile ends inside an object, packages after it were not read."
                  },
                  "descriptor": {
                    "id": "truncated",
                    "index": 0
                  },
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "services/shop/web/package-lock.json",
                          "uriBaseId": "SRCROOT"
                        },
                        "region": {
                          "startLine": 90,
                          "startColumn": 1,
                          "endLine": 90,
                          "endColumn": 1
                        }
                      }
                    }
                  ]
                }
              ]
            }
          ],
          "originalUriBaseIds": {
            "SRCROOT": {
              "uri": "file:///",
              "description": {
                "text": "The root of the repository, which this program does not know; a service resolves against its own."
              }
            }
          },
          "columnKind": "utf16CodeUnits",
          "taxonomies": [
            {
              "name": "CWE",
              "organization": "MITRE",
              "informationUri": "https://cwe.mitre.org/",
              "shortDescription": {
                "text": "Common Weakness Enumeration."
              },
              "isComprehensive": false,
              "taxa": [
                {
                  "id": "CWE-1321",
                  "helpUri": "https://cwe.mitre.org/data/definitions/1321.html"
                }
              ]
            }
          ],
          "results": [
            {
              "ruleId": "CVE-2022-24999",
              "ruleIndex": 0,
              "level": "error",
              "kind": "fail",
              "rank": 75.0,
              "message": {
                "text": "qs 6.7.0 is affected by CVE-2022-24999; fixed in 6.7.3. A query string can set the prototype of an object. See also [web/package-lock.json:44](1).",
                "markdown": "qs 6.7.0 is affected by CVE-2022-24999; fixed in 6.7.3.\n\nA query string can set the prototype of an object.\n\n- package: `pkg:npm/qs@6.7.0`\n- via: `express 4.17.1` → `qs 6.7.0`\n- threat: known to be exploited since 2024-01-02; 42.1 % likely to be attacked within 30 days\n- fixed in: `6.2.4`, `6.7.3`, `6.10.3`\n- what to do: upgrade to 6.7.3\n- file: `web/package-lock.json`"
              },
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "services/shop/web/package-lock.json",
                      "uriBaseId": "SRCROOT"
                    },
                    "region": {
                      "startLine": 41,
                      "startColumn": 7,
                      "endLine": 41,
                      "endColumn": 25
                    }
                  }
                }
              ],
              "relatedLocations": [
                {
                  "id": 1,
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "services/shop/web/package-lock.json",
                      "uriBaseId": "SRCROOT"
                    },
                    "region": {
                      "startLine": 44,
                      "startColumn": 7,
                      "endLine": 44,
                      "endColumn": 25
                    }
                  },
                  "message": {
                    "text": "Also web/package-lock.json."
                  }
                }
              ],
              "partialFingerprints": {
                "portcullisIdentity/v1": "6cf562411120d5bf1fbf258385665bf1",
                "primaryLocationLineHash": "39fa2ee980eb94b0:1"
              },
              "properties": {
                "aliases": [
                  "GHSA-hrpp-h998-j3pp"
                ],
                "class": "vulnerability",
                "epss": 0.4213,
                "fixedVersions": [
                  "6.2.4",
                  "6.7.3",
                  "6.10.3"
                ],
                "gate": true,
                "kev": true,
                "kevSince": "2024-01-02",
                "purl": "pkg:npm/qs@6.7.0",
                "score": 7.5,
                "severity": "high",
                "target": "services/shop",
                "version": "6.7.0"
              }
            }
          ],
          "properties": {
            "outcome": "fail",
            "reasons": [
              "9 findings at or above high (5 critical, 4 high)",
              "1 file could not be read in full (web/package-lock.json)"
            ],
            "suppressed": 0,
            "suppressedIncluded": false,
            "undecided": 0
          }
        }
        "#);
}

#[test]
fn places_in_images() {
    let log = sarif(&testing::report(), &Options::default());
    let results = log["runs"][0]["results"].as_array().expect("results");
    let of = |rule: &str| results.iter().find(|result| result["ruleId"] == rule).expect("the rule has a result");
    insta::assert_snapshot!(serde_json::to_string_pretty(&of("CVE-2023-46218")["locations"]).expect("JSON"), @r#"
        [
          {
            "physicalLocation": {
              "artifactLocation": {
                "uri": "docker.example%3A5000/team/shop/var/lib/dpkg/status"
              },
              "region": {
                "startLine": 210,
                "startColumn": 1,
                "endLine": 210,
                "endColumn": 14
              }
            },
            "logicalLocations": [
              {
                "name": "docker.example:5000/team/shop",
                "fullyQualifiedName": "docker.example:5000/team/shop@sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
                "kind": "image"
              },
              {
                "name": "layer 1",
                "fullyQualifiedName": "docker.example:5000/team/shop@sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc/sha256:eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                "kind": "layer"
              },
              {
                "name": "/var/lib/dpkg/status",
                "fullyQualifiedName": "docker.example:5000/team/shop@sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc/sha256:eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee/var/lib/dpkg/status",
                "kind": "file"
              }
            ]
          }
        ]
        "#);
    insta::assert_snapshot!(serde_json::to_string_pretty(&of("image/runs-as-root")["locations"]).expect("JSON"), @r#"
        [
          {
            "physicalLocation": {
              "artifactLocation": {
                "uri": "docker.example%3A5000/team/shop"
              },
              "region": {
                "startLine": 1,
                "startColumn": 1,
                "endLine": 1,
                "endColumn": 1
              }
            },
            "logicalLocations": [
              {
                "name": "docker.example:5000/team/shop",
                "fullyQualifiedName": "docker.example:5000/team/shop@sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
                "kind": "image"
              }
            ]
          }
        ]
        "#);
}
