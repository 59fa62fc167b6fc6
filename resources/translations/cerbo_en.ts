<!DOCTYPE TS>
<TS version="2.1" language="en_US">
  <context>
    <name>ClosedOutbox</name>
    <message numerus="yes">
      <source>%n photo(s) (is|are) waiting on this PC.</source>
      <translation>
        <numerusform>%n photo is waiting on this PC.</numerusform>
        <numerusform>%n photos are waiting on this PC.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) can’t be opened with this account. The files are kept.</source>
      <translation>
        <numerusform>%n photo can’t be opened with this account. The files are kept.</numerusform>
        <numerusform>%n photos can’t be opened with this account. The files are kept.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) from an earlier sign-in (is|are) waiting on this PC.</source>
      <translation>
        <numerusform>%n photo from an earlier sign-in is waiting on this PC.</numerusform>
        <numerusform>%n photos from an earlier sign-in are waiting on this PC.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Closing</name>
    <message numerus="yes">
      <source>%n photo(s) (is|are) not sent yet.</source>
      <translation>
        <numerusform>%n photo is not sent yet.</numerusform>
        <numerusform>%n photos are not sent yet.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Unsent photos are safe on this PC. %n need(s|) attention first: see Needs attention in Uploads.</source>
      <translation>
        <numerusform>Unsent photos are safe on this PC. %n needs attention first: see Needs attention in Uploads.</numerusform>
        <numerusform>Unsent photos are safe on this PC. %n need attention first: see Needs attention in Uploads.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>EarlierSignIn</name>
    <message numerus="yes">
      <source>%n photo(s) (is|are) not known to be of this practice; (it stays|they stay) on this PC and can’t be shown here.</source>
      <translation>
        <numerusform>%n photo is not known to be of this practice; it stays on this PC and can’t be shown here.</numerusform>
        <numerusform>%n photos are not known to be of this practice; they stay on this PC and can’t be shown here.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) (wasn’t|weren’t) sent: the patient’s record has changed or could not be checked. (It stays|They stay) on this PC.</source>
      <translation>
        <numerusform>%n photo wasn’t sent: the patient’s record has changed or could not be checked. It stays on this PC.</numerusform>
        <numerusform>%n photos weren’t sent: the patient’s record has changed or could not be checked. They stay on this PC.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) can be sent from here.</source>
      <translation>
        <numerusform>%n photo can be sent from here.</numerusform>
        <numerusform>%n photos can be sent from here.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) can be taken over from here.</source>
      <translation>
        <numerusform>%n photo can be taken over from here.</numerusform>
        <numerusform>%n photos can be taken over from here.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Send %n photo(s) from here</source>
      <translation>
        <numerusform>Send %n photo from here</numerusform>
        <numerusform>Send %n photos from here</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Take over %n photo(s) from here</source>
      <translation>
        <numerusform>Take over %n photo from here</numerusform>
        <numerusform>Take over %n photos from here</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Patients</name>
    <message numerus="yes">
      <source>%n day(s)</source>
      <comment>age</comment>
      <translation>
        <numerusform>%n day</numerusform>
        <numerusform>%n days</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n month(s)</source>
      <comment>age</comment>
      <translation>
        <numerusform>%n month</numerusform>
        <numerusform>%n months</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n year(s)</source>
      <comment>age</comment>
      <translation>
        <numerusform>%n year</numerusform>
        <numerusform>%n years</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Policy</name>
    <message numerus="yes">
      <source>Unknown policy settings {names} and %n more are ignored.</source>
      <translation>
        <numerusform>Unknown policy settings {names} and %n more are ignored.</numerusform>
        <numerusform>Unknown policy settings {names} and %n more are ignored.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Practice</name>
    <message numerus="yes">
      <source>Staff accepted %n photo(s).</source>
      <translation>
        <numerusform>Staff accepted %n photo.</numerusform>
        <numerusform>Staff accepted %n photos.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Removal</name>
    <message numerus="yes">
      <source>%n photo(s) (is|are) not sent yet</source>
      <translation>
        <numerusform>%n photo is not sent yet</numerusform>
        <numerusform>%n photos are not sent yet</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Permanently delete %n unsent photo(s)?</source>
      <translation>
        <numerusform>Permanently delete %n unsent photo?</numerusform>
        <numerusform>Permanently delete %n unsent photos?</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Permanently delete (this photo|these %n photos)</source>
      <translation>
        <numerusform>Permanently delete this photo</numerusform>
        <numerusform>Permanently delete these %n photos</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Settings</name>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n day</numerusform>
        <numerusform>%n days</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Set to %n minute(s), but this version doesn’t lock automatically: lock the PC when you leave it.</source>
      <translation>
        <numerusform>Set to %n minute, but this version doesn’t lock automatically: lock the PC when you leave it.</numerusform>
        <numerusform>Set to %n minutes, but this version doesn’t lock automatically: lock the PC when you leave it.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>SetupChecks</name>
    <message numerus="yes">
      <source>%n check(s) failed. You can continue now and fix (it|them) later.</source>
      <translation>
        <numerusform>%n check failed. You can continue now and fix it later.</numerusform>
        <numerusform>%n checks failed. You can continue now and fix them later.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Tray</name>
    <message numerus="yes">
      <source>%n (is|are) waiting for staff in Cerbo’s queue.</source>
      <translation>
        <numerusform>%n is waiting for staff in Cerbo’s queue.</numerusform>
        <numerusform>%n are waiting for staff in Cerbo’s queue.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n in the chart.</source>
      <translation>
        <numerusform>%n in the chart.</numerusform>
        <numerusform>%n in the chart.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n need(s|) attention</source>
      <translation>
        <numerusform>%n needs attention</numerusform>
        <numerusform>%n need attention</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n on the way to the chart</source>
      <translation>
        <numerusform>%n on the way to the chart</numerusform>
        <numerusform>%n on the way to the chart</numerusform>
      </translation>
    </message>
  </context>
</TS>
