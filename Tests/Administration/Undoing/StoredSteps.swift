/// Steps in the form in which existing stores have them in undo documents and proposals. All were written by
/// an earlier popsec, except for the last few, which were written by hand in that form.
enum StoredSteps {
  static let all: [String] = [
    // account added
    #"""
    {"change":{"account":{"id":"rs96txvhc763","isUser":true,"turn":{"became":{"isEnabled":true,"name\#
    ":"root","unixAccount":"root"}}}},"name":"root"}
    """#,
    // roles of an account changed
    #"""
    {"change":{"roles":{"subject":{"account":{"_0":"rs96txvhc763","isUser":true}},"turn":{"became":[\#
    "Administrator"],"was":[]}}},"name":"root"}
    """#,
    // the connector added
    #"""
    {"change":{"entry":{"turn":{"became":{"id":"1rg2rntxr13hz","kind":"connector","name":"Business C\#
    entral"}}}},"name":"Business Central"}
    """#,
    // the company added
    #"""
    {"change":{"entry":{"turn":{"became":{"connector":"1rg2rntxr13hz","id":"1lf0hvvydowjz","kind":"c\#
    ompany","name":"CA"}}}},"name":"CA"}
    """#,
    // the list added
    #"""
    {"change":{"entry":{"turn":{"became":{"connector":"1rg2rntxr13hz","group":"Sales","id":"vsigkad5\#
    1962","kind":"list","name":"Orders"}}}},"name":"Orders"}
    """#,
    // the item action added
    #"""
    {"change":{"entry":{"turn":{"became":{"id":"43udxos6uam7","itemKind":"action","kind":"item","lis\#
    t":"vsigkad51962","name":"Release"}}}},"name":"Release"}
    """#,
    // the item detail added
    #"""
    {"change":{"entry":{"turn":{"became":{"id":"1oywtcc3xujuf","itemKind":"detail","kind":"item","li\#
    st":"vsigkad51962","name":"Lines"}}}},"name":"Lines"}
    """#,
    // the widget added
    #"""
    {"change":{"entry":{"turn":{"became":{"connector":"1rg2rntxr13hz","id":"6xtw08mmu9wv","isEnabled\#
    ":true,"isOpen":false,"kind":"widget","lists":["vsigkad51962"],"name":"Orders MX","parameters":{\#
    "company":"c"},"url":"https://h.example/orders"}}}},"name":"Orders MX"}
    """#,
    // the endpoint with its match added
    #"""
    {"change":{"entry":{"turn":{"became":{"connector":"1rg2rntxr13hz","id":"1g2h7d0w7078i","isEnable\#
    d":true,"kind":"endpoint","list":"vsigkad51962","match":"exact","methods":["GET"],"name":"orders\#
    ","url":"https://h.example/api/{id}"}}}},"name":"orders"}
    """#,
    // role added
    #"""
    {"change":{"role":{"id":"103qahmlt97ho","turn":{"became":{"name":"Helpdesk","permissions":["secu\#
    rity.read","tokens.copy"],"summary":"looks"}}}},"name":"Helpdesk"}
    """#,
    // team added
    #"""
    {"change":{"team":{"id":"1msea1poaekzi","turn":{"became":{"name":"Sales","summary":"who sells"}}\#
    }},"name":"Sales"}
    """#,
    // roles of a team changed
    #"""
    {"change":{"roles":{"subject":{"team":{"_0":"1msea1poaekzi"}},"turn":{"became":["WidgetReader","\#
    role:103qahmlt97ho"],"was":[]}}},"name":"Sales"}
    """#,
    // grant of a team changed
    #"""
    {"change":{"grant":{"connector":"1rg2rntxr13hz","connectorName":"Business Central","subject":{"t\#
    eam":{"_0":"1msea1poaekzi"}},"turn":{"became":{"companies":["1h93l437bc11f"],"goneCompanies":[],\#
    "goneItems":[],"goneLists":[],"items":{"action":{"only":[["vsigkad51962","43udxos6uam7"]]},"deta\#
    il":{}},"lists":["vsigkad51962"],"roles":["User"]},"was":{"companies":[],"goneCompanies":[],"gon\#
    eItems":[],"goneLists":[],"items":{},"lists":[],"roles":[]}}}},"name":"Sales"}
    """#,
    // member
    #"""
    {"change":{"member":{"account":"17z1fo2smcxke","accountName":"Portal","joined":true,"team":"1mse\#
    a1poaekzi"}},"name":"Sales"}
    """#,
    // token added
    #"""
    {"change":{"token":{"account":"17z1fo2smcxke","id":"1f7xjozwrvknz","owner":"Portal","turn":{"bec\#
    ame":{"expiresAt":1803168000,"isDisabled":false,"limits":{"endpoints":[],"networks":["10.0.0.0/8\#
    "],"requestsPerMinute":60,"widgets":["6xtw08mmu9wv"]},"name":"web"}}}},"name":"web"}
    """#,
    // account changed
    #"""
    {"change":{"account":{"id":"17z1fo2smcxke","isUser":false,"turn":{"became":{"isEnabled":true,"na\#
    me":"Portal 2"},"was":{"isEnabled":true,"name":"Portal"}}}},"name":"Portal"}
    """#,
    // token changed
    #"""
    {"change":{"token":{"account":"17z1fo2smcxke","id":"1f7xjozwrvknz","owner":"Portal 2","turn":{"b\#
    ecame":{"expiresAt":1803168000,"isDisabled":false,"limits":{"endpoints":[],"networks":["10.0.0.0\#
    /8"],"requestsPerMinute":60,"widgets":["6xtw08mmu9wv"]},"name":"www"},"was":{"expiresAt":1803168\#
    000,"isDisabled":false,"limits":{"endpoints":[],"networks":["10.0.0.0/8"],"requestsPerMinute":60\#
    ,"widgets":["6xtw08mmu9wv"]},"name":"web"}}}},"name":"web"}
    """#,
    // setting added
    #"""
    {"change":{"setting":{"key":"idle.lockMinutes","turn":{"became":"5"}}},"name":"store"}
    """#,
    // setting of a user added
    #"""
    {"change":{"setting":{"key":"recordingSafe","turn":{"became":"on"},"user":"901gko2m6uwp"}},"name\#
    ":"Carol"}
    """#,
    // account deleted
    #"""
    {"change":{"account":{"id":"17z1fo2smcxke","isUser":false,"turn":{"deletion":31,"was":{"isEnable\#
    d":true,"name":"Portal 2"}}}},"name":"Portal 2"}
    """#,
    // the endpoint changed
    #"""
    {"change":{"entry":{"turn":{"became":{"connector":"1rg2rntxr13hz","id":"1g2h7d0w7078i","isEnable\#
    d":true,"kind":"endpoint","list":"vsigkad51962","methods":["GET"],"name":"orders","url":"https:/\#
    /h.example/api/{id}"},"was":{"connector":"1rg2rntxr13hz","id":"1g2h7d0w7078i","isEnabled":true,"\#
    kind":"endpoint","list":"vsigkad51962","match":"exact","methods":["GET"],"name":"orders","url":"\#
    https://h.example/api/{id}"}}}},"name":"orders"}
    """#,
    // role changed
    #"""
    {"change":{"role":{"id":"103qahmlt97ho","turn":{"became":{"name":"Helpdesk","permissions":["secu\#
    rity.read"],"summary":"looks"},"was":{"name":"Helpdesk","permissions":["security.read","tokens.c\#
    opy"],"summary":"looks"}}}},"name":"Helpdesk"}
    """#,
    // team changed
    #"""
    {"change":{"team":{"id":"1msea1poaekzi","turn":{"became":{"name":"Sales","summary":"who sells it\#
    "},"was":{"name":"Sales","summary":"who sells"}}}},"name":"Sales"}
    """#,
    // the company deleted
    #"""
    {"change":{"entry":{"turn":{"deletion":41,"was":{"connector":"1rg2rntxr13hz","id":"1lf0hvvydowjz\#
    ","kind":"company","name":"CA"}}}},"name":"CA"}
    """#,
    // the list deleted
    #"""
    {"change":{"entry":{"turn":{"deletion":42,"was":{"connector":"1rg2rntxr13hz","id":"2jro66cuoyhi"\#
    ,"kind":"list","name":"Prices"}}}},"name":"Prices"}
    """#,
    // the connector deleted
    #"""
    {"change":{"entry":{"turn":{"deletion":43,"was":{"id":"16vgyubn44hjz","kind":"connector","name":\#
    "CRM"}}}},"name":"CRM"}
    """#,
    // account restored
    #"""
    {"change":{"account":{"id":"17z1fo2smcxke","isUser":false,"turn":{"became":{"isEnabled":true,"na\#
    me":"Portal 4"},"deletion":31,"formerName":"Portal 2","holdings":"4c6ad403612c7810563293d1b3f7f3\#
    22"}}},"name":"Portal 4"}
    """#,
    // the connector restored
    #"""
    {"change":{"entry":{"turn":{"became":{"id":"16vgyubn44hjz","kind":"connector","name":"CRM"},"del\#
    etion":43,"holdings":"e3b0c44298fc1c149afbf4c8996fb924"}}},"name":"CRM"}
    """#,
    // keys changed
    #"""
    {"change":{"keys":{"account":"901gko2m6uwp","turn":{"became":["ssh-ed25519 AAAA carol"],"was":[]\#
    }}},"name":"Carol"}
    """#,
    // a new Token ID
    #"""
    {"change":{"final":{"_0":"rotation"}},"name":"web"}
    """#,
    // dropped
    #"""
    {"change":{"final":{"_0":"dropping"}},"name":"Sales"}
    """#,
    // a grant of all
    #"""
    {"change":{"grant":{"connector":"1rg2rntxr13hz","connectorName":"Business Central","subject":{"a\#
    ccount":{"_0":"17z1fo2smcxke","isUser":false}},"turn":{"became":{"goneCompanies":["1h93l437bc11f\#
    "],"goneItems":["43udxos6uam7"],"goneLists":["vsigkad51962"],"items":{"listAction":{}},"roles":[\#
    "Administrator","User"]},"was":{"companies":[],"goneCompanies":[],"goneItems":[],"goneLists":[],\#
    "items":{},"lists":[],"roles":[]}}}},"name":"Portal"}
    """#,
    // a token that never expires
    #"""
    {"change":{"token":{"account":"17z1fo2smcxke","id":"1f7xjozwrvknz","owner":"Portal","turn":{"was\#
    ":{"isDisabled":true,"limits":{"endpoints":["1g2h7d0w7078i"],"networks":[],"widgets":[]},"name":\#
    "web"}}}},"name":"web"}
    """#,
  ]
}
