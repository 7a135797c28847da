// Answers lines of two versions with a tab between by npm's `semver`: < = > or ! where one is refused.
const semver = require("semver");
const lines = require("fs").readFileSync(0, "utf8").split("\n");
lines.pop();
const answers = lines.map((line) => {
  const [left, right] = line.split("\t");
  if (!semver.valid(left) || !semver.valid(right)) return "!";
  return { "-1": "<", 0: "=", 1: ">" }[semver.compare(left, right)];
});
process.stdout.write(answers.join("\n") + "\n");
