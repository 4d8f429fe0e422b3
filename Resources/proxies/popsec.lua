-- Asks popsec's gate about each request, for HAProxy 2.6 and later: http-request lua.popsec ADDRESS.
-- The answer is left in the variables txn.popsec.*. txn.popsec.status is 200 where the request may pass, and 503
-- after any error. The gate's own cookie is removed from the request.

local fields = {
  remote_user = "remote-user", remote_groups = "remote-groups", token = "x-popsec-token",
  connector = "x-popsec-connector", companies = "x-popsec-companies", lists = "x-popsec-lists",
  access = "x-popsec-access", cut = "x-popsec-cut", decision = "x-popsec-decision",
  -- until is a word of Lua's own.
  assertion = "x-popsec-assertion", ["until"] = "x-popsec-until",
  set_cookie = "set-cookie", challenge = "www-authenticate", retry = "retry-after",
}

-- The headers by which the gate recognizes the user. The gate refuses a header that comes twice.
local passed = { "authorization", "x-api-key", "cookie", "user-agent" }

local function take_out_cookie(http, values)
  local kept = {}
  for _, value in pairs(values) do
    for pair in value:gmatch("[^;]+") do
      pair = pair:match("^%s*(.-)%s*$")
      if pair ~= "" and not pair:find("^popsec=") then table.insert(kept, pair) end
    end
  end
  http:req_del_header("cookie")
  if #kept > 0 then http:req_set_header("cookie", table.concat(kept, "; ")) end
end

core.register_action("popsec", { "http-req" }, function(txn, address)
  local headers = {
    ["x-forwarded-method"] = { txn.sf:method() },
    ["x-forwarded-proto"] = { txn.sf:ssl_fc() == 1 and "https" or "http" },
    -- This takes the whole header, because req_hdr would give only the part behind the last comma.
    ["x-forwarded-host"] = { txn.sf:req_fhdr("host") or "" },
    -- The path and the query as the client sent them.
    ["x-forwarded-uri"] = { txn.sf:pathq() },
    ["x-forwarded-for"] = { txn.sf:src() },
    ["host"] = { "popsec" },
  }
  local given = txn.http:req_get_headers()
  for _, name in ipairs(passed) do
    if given[name] then
      headers[name] = {}
      for _, value in pairs(given[name]) do table.insert(headers[name], value) end
    end
  end
  local ok, answer = pcall(function()
    local client = core.httpclient()
    -- If the gate hangs, the request is denied. HAProxy tries four times, which takes 2.8 seconds.
    return client:get({
      url = "http://popsec/auth/forward", dst = address, headers = headers, timeout = 700,
    })
  end)
  local status = 503
  if ok and answer and answer.status and answer.status ~= 0 then
    status = answer.status < 500 and answer.status or 503
    for variable, name in pairs(fields) do
      local values = answer.headers and answer.headers[name]
      if values and values[0] and values[0] ~= "" then
        txn:set_var("txn.popsec." .. variable, values[0])
      end
    end
  end
  if given["cookie"] then take_out_cookie(txn.http, given["cookie"]) end
  txn:set_var("txn.popsec.status", status)
end, 1)
