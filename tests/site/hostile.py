"""A skill that tries to run something on the page that shows it, wherever its text may stand."""

from __future__ import annotations

RUN = "window.hostile=1"
TAG = f"<script>{RUN}</script><img src=x onerror={RUN}><svg onload={RUN}>"
HOSTILE = f"""---
name: "evil\\" onmouseover=\\"{RUN}\\" x=\\"{TAG}; rm -rf ~"
description: "{TAG} ' onload={RUN}"
license: "{TAG}"
compatibility: "javascript:{RUN}"
metadata:
  author: "{TAG}"
  version: "\\"><script>{RUN}</script>"
  "{TAG}": "{{{{ 7*7 }}}}{{% raw %}}"
---

# Title {TAG} {{{{ 7 * 7 }}}}

{TAG}

<script>{RUN}</script>

<iframe srcdoc="<script>parent.hostile=1</script>"></iframe>

[a](javascript:{RUN}) [b](JaVaScRiPt:{RUN}) [c](data:text/html,<script>{RUN}</script>) [d](vbscript:x)
[e](&#106;avascript:{RUN}) [f](java&#10;script:{RUN}) [g](//evil.example/x) [h](/absolute) [i](../../../index.html)
[j](https://ok.example/a"onmouseover="{RUN}) <javascript:{RUN}> [k][ref] ![x](javascript:{RUN} "on{RUN}") [](https://e.example)

[ref]: javascript:{RUN} "title{TAG}"

##

| {TAG} | |
| --- | --- |
| `{TAG}` | [x](javascript:{RUN}) |

#### Deep `{TAG}`

```python
# src/evil.html
x = "</code></pre><script>{RUN}</script>"
```

```html
<script>{RUN}</script>
```

```"><script>{RUN}</script>
</code></pre>{TAG}
```

~~~svg
<svg xmlns="http://www.w3.org/2000/svg" onload="{RUN}"/>
~~~

    indented {TAG}
"""
