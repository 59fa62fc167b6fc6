"""Templates for management tools, from the table of policy keys: ADMX and ADML for Windows, a profile for macOS.

What they set is read by `cerbo_desktop/config/policy_places.py`.
"""

import plistlib
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from xml.sax.saxutils import escape

from cerbo_desktop.config.policy_keys import KEYS, PolicyKey, Value
from cerbo_desktop.config.policy_kinds import LONGEST_TEXT, TrueOrFalse, WholeNumber
from cerbo_desktop.config.policy_places import PREFERENCE_DOMAIN, REGISTRY_KEY

_SUPPORTED = "Cerbo Desktop"
_NOTICE = "What is set here holds for everybody on the computer, from the next start of Cerbo Desktop."
_MADE = "Made by `packaging/dev.py policy` from cerbo_desktop/config/policy_keys.py."
_NAMESPACE = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
_REVISION = "1.0"


def admx() -> str:
    """What the Group Policy editor would write, and where."""
    root = ET.Element("policyDefinitions", xmlns=_NAMESPACE, revision=_REVISION, schemaVersion="1.0")
    namespaces = ET.SubElement(root, "policyNamespaces")
    ET.SubElement(namespaces, "target", prefix="cerbodesktop", namespace="CerboDesktop.Policies")
    ET.SubElement(root, "resources", minRequiredRevision=_REVISION)
    supported = ET.SubElement(ET.SubElement(root, "supportedOn"), "definitions")
    ET.SubElement(supported, "definition", name="SUPPORTED", displayName="$(string.SUPPORTED)")
    categories = ET.SubElement(root, "categories")
    ET.SubElement(categories, "category", name="CerboDesktop", displayName="$(string.CerboDesktop)")
    policies = ET.SubElement(root, "policies")
    for key in KEYS:
        _add_policy(policies, key)
    return _document(root)


def adml(explained: Mapping[str, str]) -> str:
    """The English words for `admx`; `explained` has what each key's page says."""
    root = ET.Element("policyDefinitionResources", xmlns=_NAMESPACE, revision=_REVISION, schemaVersion="1.0")
    ET.SubElement(root, "displayName").text = "Cerbo Desktop"
    ET.SubElement(root, "description").text = _NOTICE
    resources = ET.SubElement(root, "resources")
    strings = {"CerboDesktop": "Cerbo Desktop", "SUPPORTED": _SUPPORTED}
    for key in KEYS:
        strings |= {key.name: key.title, f"{key.name}_Explain": explained[key.name]}
    table = ET.SubElement(resources, "stringTable")
    for name, text in strings.items():
        ET.SubElement(table, "string", id=name).text = text
    presentations = ET.SubElement(resources, "presentationTable")
    for key in KEYS:
        if not isinstance(key.kind, TrueOrFalse):
            _add_presentation(presentations, key)
    return _document(root)


def mobileconfig(told: Mapping[str, str]) -> str:
    """A configuration profile in which each key is a comment with an example; `told` has a line for each."""
    keys = "".join(_profile_key(key, told[key.name]) for key in KEYS)
    return _PROFILE.format(
        made=_MADE,
        notice=_NOTICE,
        domain=PREFERENCE_DOMAIN,
        uuid=_uuid("profile"),
        payload_uuid=_uuid("payload"),
        keys=keys.rstrip("\n"),
    )


def _add_policy(policies: ET.Element, key: PolicyKey[Value | None]) -> None:
    attributes = {
        "name": key.name,
        "class": "Machine",
        "displayName": f"$(string.{key.name})",
        "explainText": f"$(string.{key.name}_Explain)",
        "key": REGISTRY_KEY,
    }
    is_switch = isinstance(key.kind, TrueOrFalse)
    attributes |= {"valueName": key.name} if is_switch else {"presentation": f"$(presentation.{key.name})"}
    policy = ET.SubElement(policies, "policy", attributes)
    ET.SubElement(policy, "parentCategory", ref="CerboDesktop")
    ET.SubElement(policy, "supportedOn", ref="SUPPORTED")
    if is_switch:
        ET.SubElement(ET.SubElement(policy, "enabledValue"), "decimal", value="1")
        ET.SubElement(ET.SubElement(policy, "disabledValue"), "decimal", value="0")
        return
    named = {"id": key.name, "valueName": key.name, "required": "true"}
    elements = ET.SubElement(policy, "elements")
    if isinstance(key.kind, WholeNumber):
        limits = {"minValue": str(key.kind.lowest), "maxValue": str(key.kind.highest)}
        ET.SubElement(elements, "decimal", named | limits)
    else:
        ET.SubElement(elements, "text", named | {"maxLength": str(LONGEST_TEXT)})


def _add_presentation(presentations: ET.Element, key: PolicyKey[Value | None]) -> None:
    presentation = ET.SubElement(presentations, "presentation", id=key.name)
    if isinstance(key.kind, WholeNumber):
        proposed = str(key.example if key.default is None else key.default)
        box = ET.SubElement(presentation, "decimalTextBox", refId=key.name, defaultValue=proposed)
        box.text = key.title
    else:
        box = ET.SubElement(presentation, "textBox", refId=key.name)
        ET.SubElement(box, "label").text = key.title


def _document(root: ET.Element) -> str:
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!-- {_MADE} {_NOTICE} -->\n{text}\n'


def _profile_key(key: PolicyKey[Value | None], told: str) -> str:
    lines = plistlib.dumps({key.name: key.example}, sort_keys=False).decode().splitlines()
    pair = "\n".join(f"\t\t\t{line.strip()}" for line in lines[4:-2])
    return f"\t\t\t<!-- {escape(told)}\n{pair}\n\t\t\t-->\n"


def _uuid(what: str) -> str:
    """The same at each run, so that a new profile takes the old one's place."""
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{what}.{PREFERENCE_DOMAIN}")).upper()


_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- {made} {notice} -->
<plist version="1.0">
<dict>
	<key>PayloadType</key>
	<string>Configuration</string>
	<key>PayloadVersion</key>
	<integer>1</integer>
	<key>PayloadIdentifier</key>
	<string>{domain}.policy</string>
	<key>PayloadUUID</key>
	<string>{uuid}</string>
	<key>PayloadDisplayName</key>
	<string>Cerbo Desktop</string>
	<key>PayloadDescription</key>
	<string>{notice}</string>
	<key>PayloadScope</key>
	<string>System</string>
	<key>PayloadContent</key>
	<array>
		<dict>
			<key>PayloadType</key>
			<string>{domain}</string>
			<key>PayloadVersion</key>
			<integer>1</integer>
			<key>PayloadIdentifier</key>
			<string>{domain}.policy.keys</string>
			<key>PayloadUUID</key>
			<string>{payload_uuid}</string>
			<key>PayloadDisplayName</key>
			<string>Cerbo Desktop</string>
{keys}
		</dict>
	</array>
</dict>
</plist>
"""
