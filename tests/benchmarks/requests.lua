-- For wrk: send the requests of a file in turn, each with its own cookies and body.
--   wrk -s requests.lua URL -- FILE
local prepared, count, turn = {}, 0, 0

function init(args)
  for line in io.lines(args[1]) do
    local method, path, cookie, body = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)$")
    local headers = {}
    if cookie ~= "" then headers["Cookie"] = cookie end
    if body ~= "" then headers["Content-Type"] = "application/x-www-form-urlencoded" else body = nil end
    count = count + 1
    prepared[count] = wrk.format(method, path, headers, body)
  end
end

function request()
  turn = turn % count + 1
  return prepared[turn]
end
