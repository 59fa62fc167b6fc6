<!DOCTYPE TS>
<TS version="2.1" language="en_US">
  <context>
    <name>Album</name>
    <message numerus="yes">
      <source>%n photo(s)</source>
      <translation>
        <numerusform>%n photo</numerusform>
        <numerusform>%n photos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) of this chart could not be read and (is|are) not shown. Open the patient in Cerbo to see all.</source>
      <translation>
        <numerusform>%n photo of this chart could not be read and is not shown. Open the patient in Cerbo to see all.</numerusform>
        <numerusform>%n photos of this chart could not be read and are not shown. Open the patient in Cerbo to see all.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) sent at {time} (is|are) waiting for staff in Cerbo. (It shows|They show) here once accepted.</source>
      <translation>
        <numerusform>%n photo sent at {time} is waiting for staff in Cerbo. It shows here once accepted.</numerusform>
        <numerusform>%n photos sent at {time} are waiting for staff in Cerbo. They show here once accepted.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) sent from {first} to {last} are waiting for staff in Cerbo. They show here once accepted.</source>
      <translation>
        <numerusform>%n photo sent from {first} to {last} are waiting for staff in Cerbo. They show here once accepted.</numerusform>
        <numerusform>%n photos sent from {first} to {last} are waiting for staff in Cerbo. They show here once accepted.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) sent from {first} to {last} today are waiting for staff in Cerbo. They show here once accepted.</source>
      <translation>
        <numerusform>%n photo sent from {first} to {last} today are waiting for staff in Cerbo. They show here once accepted.</numerusform>
        <numerusform>%n photos sent from {first} to {last} today are waiting for staff in Cerbo. They show here once accepted.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) sent on {moment} (is|are) waiting for staff in Cerbo. (It shows|They show) here once accepted.</source>
      <translation>
        <numerusform>%n photo sent on {moment} is waiting for staff in Cerbo. It shows here once accepted.</numerusform>
        <numerusform>%n photos sent on {moment} are waiting for staff in Cerbo. They show here once accepted.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) so far</source>
      <translation>
        <numerusform>%n photo so far</numerusform>
        <numerusform>%n photos so far</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Cerbo took %n photo(s). They show here once accepted.</source>
      <translation>
        <numerusform>Cerbo took %n photo. They show here once accepted.</numerusform>
        <numerusform>Cerbo took %n photos. They show here once accepted.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>AlbumFilter</name>
    <message numerus="yes">
      <source>%n photo(s) so far. More are loading…</source>
      <translation>
        <numerusform>%n photo so far. More are loading…</numerusform>
        <numerusform>%n photos so far. More are loading…</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Cerbo has no type for %n photo(s).</source>
      <translation>
        <numerusform>Cerbo has no type for %n photo.</numerusform>
        <numerusform>Cerbo has no type for %n photos.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Looked at {time}, %n new photo(s)</source>
      <translation>
        <numerusform>Looked at {time}, %n new photo</numerusform>
        <numerusform>Looked at {time}, %n new photos</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>EmptyAlbum</name>
    <message numerus="yes">
      <source>(A photo is|%n photos are) on (its|their) way</source>
      <translation>
        <numerusform>A photo is on its way</numerusform>
        <numerusform>%n photos are on their way</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>(A photo is|%n photos are) waiting for you</source>
      <translation>
        <numerusform>A photo is waiting for you</numerusform>
        <numerusform>%n photos are waiting for you</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>(It is|They are) not in the chart yet and (is|are) waiting for your decision in the list of photos.</source>
      <translation>
        <numerusform>It is not in the chart yet and is waiting for your decision in the list of photos.</numerusform>
        <numerusform>They are not in the chart yet and are waiting for your decision in the list of photos.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>(It shows|They show) here after staff accept (it|them) in Cerbo, and (may|one may) be the ID photo already.</source>
      <translation>
        <numerusform>It shows here after staff accept it in Cerbo, and may be the ID photo already.</numerusform>
        <numerusform>They show here after staff accept them in Cerbo, and one may be the ID photo already.</numerusform>
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
</TS>
