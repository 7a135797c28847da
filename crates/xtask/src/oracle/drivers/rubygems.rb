# Answers lines of two versions with a tab between by RubyGems: < = > or ! where one is refused.
$stdin.each_line(chomp: true) do |line|
  left, right = line.split("\t", -1)
  begin
    order = Gem::Version.new(left) <=> Gem::Version.new(right)
    puts order.negative? ? "<" : order.positive? ? ">" : "="
  rescue ArgumentError
    puts "!"
  end
end
