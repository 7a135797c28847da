-- Answers lines of two versions with a tab between by rpm's own comparison: < = > or ! where one is refused.
-- rpm runs this with --eval; PAIRS and ANSWERS are put in by whoever starts it.
local answers = io.open("ANSWERS", "w")
for line in io.lines("PAIRS") do
  local left, right = line:match("^(.-)\t(.*)$")
  local read, order = pcall(rpm.vercmp, left, right)
  answers:write((not read and "!") or (order < 0 and "<") or (order > 0 and ">") or "=", "\n")
end
answers:close()
