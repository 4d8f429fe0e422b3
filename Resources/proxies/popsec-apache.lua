-- Asks popsec's gate about each request, for Apache's mod_lua (see apache.conf). Any error denies the request.

-- CHANGE: where the gate listens
local gate = "/run/popsec-gate/gate.sock"

local unix = require "socket.unix"

-- The headers for the application. Each is always set or removed, so that no client can send it itself.
local told = {
  "Remote-User", "Remote-Groups", "X-Popsec-Token", "X-Popsec-Connector", "X-Popsec-Companies", "X-Popsec-Lists",
  "X-Popsec-Access", "X-Popsec-Cut", "X-Popsec-Until", "X-Popsec-Decision", "X-Popsec-Assertion",
}
-- The allowed methods. No widget needs TRACE, CONNECT or other unusual methods, which are refused.
local methods = { GET = 1, HEAD = 1, POST = 1, PUT = 1, PATCH = 1, DELETE = 1, OPTIONS = 1 }
-- Some applications take another method or address from these headers than the one that the gate judged.
local elsewhere = { "X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override", "X-Original-URL", "X-Rewrite-URL",
  -- Some applications believe what these headers say about the host and the client.
  "Forwarded", "X-Forwarded", "X-Real-IP", "Proxy", "X-Original-Method", "X-Original-Host", "X-Original-URI",
  "X-HTTP-Path-Override", "X-Override-URL", "X-Remote-User", "X-Client-IP", "Client-IP", "True-Client-IP",
  "X-Cluster-Client-IP", "CF-Connecting-IP" }
-- The headers by which the gate recognizes the user.
local passed = { "Authorization", "X-Api-Key", "Cookie", "User-Agent" }

-- Returns the status and the headers of the gate's answer, with names in lower case; nil where no answer comes in
-- time.
local function answer(r)
  local client = unix()
  -- If the gate hangs, the request is denied.
  client:settimeout(2)
  client:settimeout(3, "t")
  if not client:connect(gate) then return nil end
  local lines = {
    "GET /auth/forward HTTP/1.1", "Host: popsec", "Connection: close",
    "X-Forwarded-Method: " .. r.method,
    "X-Forwarded-Proto: " .. (r.is_https and "https" or "http"),
    "X-Forwarded-Host: " .. (r.headers_in["Host"] or ""),
    -- The path and the query as the client sent them.
    "X-Forwarded-Uri: " .. r.unparsed_uri,
    "X-Forwarded-For: " .. r.useragent_ip,
  }
  for _, name in ipairs(passed) do
    local value = r.headers_in[name]
    if value then table.insert(lines, name .. ": " .. value) end
  end
  client:send(table.concat(lines, "\r\n") .. "\r\n\r\n")
  local status = tonumber((client:receive("*l") or ""):match("^HTTP/1%.%d (%d%d%d)"))
  local headers = {}
  while status do
    local line = client:receive("*l")
    if line == "" then break end
    -- An answer that is cut off does not count.
    if not line then status = nil else
      local name, value = line:match("^([^:]+):%s*(.-)%s*$")
      if name then headers[name:lower()] = value end
    end
  end
  client:close()
  return status, headers
end

-- Returns the parts of a text between signs, without those that begin with a prefix.
local function without(prefix, text, sign, joint)
  local kept = {}
  for part in text:gmatch("[^" .. sign .. "]+") do
    part = part:match("^%s*(.-)%s*$")
    if part:sub(1, #prefix) ~= prefix then table.insert(kept, part) end
  end
  return table.concat(kept, joint)
end

-- Returns the address for the log, up to the place where a token may begin.
local function shown(address)
  local small, last = address:lower(), #address + 1
  for _, sign in ipairs { ";", "token", "pst_", "%%25", "%%[4-7]%x" } do
    last = math.min(last, small:find(sign) or last)
  end
  return address:sub(1, last - 1) .. (last <= #address and "..." or "")
end

local function clean(r, headers)
  for name in pairs(r:headers_in_table()) do
    -- CGI, WSGI and PHP read _, . and others in a name as -.
    if name:find("[^%w%-]") or name:lower():find("^x%-popsec%-") or name:lower():find("^x%-forwarded%-") then r.headers_in[name] = nil end
  end
  for _, name in ipairs(told) do r.headers_in[name] = headers[name:lower()] end
  for _, name in ipairs { "Referer", "Authorization", "X-Api-Key" } do r.headers_in[name] = nil end
  for _, name in ipairs(elsewhere) do r.headers_in[name] = nil end
  local cookies = without("popsec=", r.headers_in["Cookie"] or "", ";", "; ")
  r.headers_in["Cookie"] = cookies ~= "" and cookies or nil
  -- Apache removes the headers that Connection names when it hands the request on. So Connection must name none.
  local connection = (r.headers_in["Connection"] or ""):lower()
  local upgrade = r.subprocess_env["popsec-upgrade"]
  r.headers_in["Upgrade"] = upgrade
  r.headers_in["Connection"] = upgrade and "upgrade" or connection:find("close", 1, true) and "close" or nil
  -- The application does not get the token.
  local place, query = r.filename:match("^([^?]*)%?(.*)$")
  if place then
    query = without("token=", query, "&", "&")
    r.filename = place .. (query ~= "" and "?" .. query or "")
  end
end

function ask(r)
  r.notes["popsec-shown"] = shown(r.unparsed_uri)
  if not methods[r.method] then return 405 end
  local status, headers = answer(r)
  if not status then return 503 end
  r.notes["popsec-user"] = headers["remote-user"] or ""
  r.notes["popsec-decision"] = headers["x-popsec-decision"] or ""
  for _, name in ipairs { "X-Popsec-Decision", "Set-Cookie", "WWW-Authenticate", "Retry-After" } do
    if headers[name:lower()] then r.err_headers_out[name] = headers[name:lower()] end
  end
  if status ~= 200 then
    r.err_headers_out["Cache-Control"] = "no-store"
    return (status == 401 or status == 429 or status == 503) and status or 403
  end
  clean(r, headers)
  return apache2.OK
end
