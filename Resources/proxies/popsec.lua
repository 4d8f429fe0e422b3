-- Asks popsec's gate about each request, for HAProxy 2.6 and later: http-request lua.popsec ADDRESS.
-- What it answers is left in variables txn.popsec.*; txn.popsec.status is 200 where the request may pass,
-- and whatever goes wrong is 503.

local fields = {
  remote_user = "remote-user", remote_groups = "remote-groups", token = "x-popsec-token",
  connector = "x-popsec-connector", companies = "x-popsec-companies", lists = "x-popsec-lists",
  access = "x-popsec-access", cut = "x-popsec-cut", decision = "x-popsec-decision",
  set_cookie = "set-cookie", challenge = "www-authenticate", retry = "retry-after",
}

-- Headers that tell who asks; the gate refuses what comes twice.
local passed = { "authorization", "x-api-key", "cookie", "user-agent" }

core.register_action("popsec", { "http-req" }, function(txn, address)
  local headers = {
    ["x-forwarded-method"] = { txn.sf:method() },
    ["x-forwarded-proto"] = { txn.sf:ssl_fc() == 1 and "https" or "http" },
    ["x-forwarded-host"] = { txn.sf:req_hdr("host") or "" },
    -- The path and the query as they came.
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
    return client:get({
      url = "http://popsec/auth/forward", dst = address, headers = headers, timeout = 2000,
    })
  end)
  local status = 503
  if ok and answer and answer.status and answer.status ~= 0 then
    status = answer.status
    for variable, name in pairs(fields) do
      local values = answer.headers and answer.headers[name]
      if values and values[0] and values[0] ~= "" then
        txn:set_var("txn.popsec." .. variable, values[0])
      end
    end
  end
  txn:set_var("txn.popsec.status", status)
end, 1)
