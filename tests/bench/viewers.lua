-- Viewers for wrk, as `wrk -s viewers.lua ADDRESS -- pages` or `-- callbacks`: each asks for one of many addresses, reads for one to four seconds, asks again.
local pairs_ = {"MEX-USA", "CAN-USA", "CHN-USA", "COL-USA", "USA-VEN", "CAN-MEX", "GTM-USA", "CUB-USA", "GTM-MEX"}
local domains = {"all", "trade", "migration", "security"}
local half_lives = {"30", "90", "365"}
local threads = {}

function setup(thread)
  table.insert(threads, thread)
  thread:set("seed", #threads)
end

function init(args)
  kind = args[1] or "pages"
  math.randomseed(seed * 7919 + 17)
  wrong = ""
end

local function one(list) return list[math.random(#list)] end

function delay() return math.random(1000, 4000) end

function request()
  local query = "?domain=" .. one(domains) .. "&h=" .. one(half_lives) .. "&from=" .. math.random(2016, 2024) .. "-01-01"
  local pair = "/pair/" .. one(pairs_)
  if kind == "callbacks" then
    local body = '{"output":"answer.data","outputs":{"id":"answer","property":"data"},"inputs":[{"id":"address","property":"data","value":"'
      .. pair .. query .. '"}],"changedPropIds":["address.data"]}'
    return wrk.format("POST", "/_dash-update-component", {["Content-Type"] = "application/json", ["Accept-Encoding"] = "gzip"}, body)
  end
  local path = one({pair, pair, pair, pair, pair, "/", "/events", "/compare", "/measures", pair .. ".csv"})
  return wrk.format("GET", path .. query, {["Accept-Encoding"] = "gzip"})
end

function response(status)
  if status ~= 200 then wrong = wrong .. status .. " " end
end

function done(summary, latency)
  local said = ""
  for _, thread in ipairs(threads) do said = said .. thread:get("wrong") end
  local e = summary.errors
  print(string.format('{"answers": %d, "p50_ms": %.0f, "p95_ms": %.0f, "p99_ms": %.0f, "max_ms": %.0f, "not_200": "%s", "connect": %d, "read": %d, "write": %d, "timeout": %d}',
    summary.requests, latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000, latency.max / 1000,
    said, e.connect, e.read, e.write, e.timeout))
end
