<?php
// Answers lines of two versions with a tab between by Composer's semver: < = > or ! where one is refused.
require "Composer/Semver/autoload.php";

$parser = new Composer\Semver\VersionParser();
while (($line = fgets(STDIN)) !== false) {
    [$left, $right] = explode("\t", rtrim($line, "\n"));
    try {
        $left = $parser->normalize($left);
        $right = $parser->normalize($right);
    } catch (UnexpectedValueException $refused) {
        echo "!\n";
        continue;
    }
    $less = Composer\Semver\Comparator::lessThan($left, $right);
    $greater = Composer\Semver\Comparator::greaterThan($left, $right);
    $equal = Composer\Semver\Comparator::equalTo($left, $right);
    // Branches are compared by names and have no order.
    echo $less + $greater + $equal !== 1 ? "!\n" : ($less ? "<\n" : ($greater ? ">\n" : "=\n"));
}
